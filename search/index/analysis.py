"""How texts become the words that are looked for."""

from typing import Any, Final

from search.engines.words import COMMON, TELLING
from search.vocabulary.data import synonyms

APOSTROPHES: Final = ("'", "’", "‘", "`")
# Snowball's stemmer leaves these plurals apart from their singulars.
IRREGULAR: Final = {"scarves": "scarf", "women": "woman", "womens": "woman", "mens": "man", "men": "man"}
STOPPED: Final = {word.replace("'", "") for word in COMMON - TELLING}
GROUPS: Final = sorted({", ".join(sorted({word, *group})) for word, group in synonyms().items()})
_AFTER: Final = ["lowercase", "asciifolding", "common", "irregular", "english_stems"]

ANALYSIS: Final[dict[str, Any]] = {
    "char_filter": {
        "apostrophes": {"type": "mapping", "mappings": [f"{mark} =>" for mark in APOSTROPHES]},  # levi's, levis
    },
    "filter": {
        # "v-neck" is found by "v-neck", "v neck" and "vneck".
        "parts": {
            "type": "word_delimiter_graph", "catenate_all": True, "split_on_case_change": False,
            "split_on_numerics": False, "stem_english_possessive": False,
        },
        "common": {"type": "stop", "stopwords": sorted(STOPPED)},
        "irregular": {"type": "stemmer_override", "rules": [f"{word} => {stem}" for word, stem in IRREGULAR.items()]},
        "english_stems": {"type": "stemmer", "language": "english"},
        # Lenient: "off the shoulder" has a word that is not looked for.
        "synonyms": {"type": "synonym_graph", "synonyms": GROUPS, "lenient": True},
    },
    "analyzer": {
        "words": {
            "type": "custom", "tokenizer": "whitespace", "char_filter": ["apostrophes"],
            "filter": ["parts", "flatten_graph", *_AFTER],
        },
        "words_sought": {
            "type": "custom", "tokenizer": "standard", "char_filter": ["apostrophes"], "filter": [*_AFTER, "synonyms"],
        },
        "words_joined": {
            "type": "custom", "tokenizer": "whitespace", "char_filter": ["apostrophes"], "filter": ["parts", *_AFTER],
        },
    },
}  # fmt: skip
# In a title or a name a word said again says little more.
SIMILARITY: Final[dict[str, Any]] = {"short": {"type": "BM25", "k1": 0.5, "b": 0.3}}
