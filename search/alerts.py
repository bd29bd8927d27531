"""What a listing finds saved searches by: facet numbers and the beginning of a word. Both let through too much, never
too little: what an engine shows under a search is always among its candidates (tests/search/test_alerts_agree.py).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product, takewhile
from math import prod
from typing import Final
from urllib.parse import urlencode

import snowballstemmer

from listings.models import Listing, facet
from search.engines.words import plain_of, words_of
from search.models.saved import KEY_BYTES, PRICE_TOP, WORD_MAX
from search.query import Query, Sort

NUMBERED: Final = ("category", "brand", "size", "color")
TOLD_AT_ONCE: Final = 200  # people in one transaction
QUERIES_AT_ONCE: Final = 500  # searches that an engine is asked at once
NAMED: Final = 3  # listings that a summary names
NUMBERS_MAX: Final = 100  # of one search; one with more is looked for by fewer facets
# Letters without a decomposition that indexes read as plain ones.
FOLDED: Final = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# Words that stemmers take for another one that begins otherwise.
IRREGULAR: Final = {"dying": "die", "lying": "lie", "tying": "tie", "women": "woman", "womens": "woman", "men": "man",
                    "mens": "man"}  # fmt: skip
_PART: Final = re.compile(r"[^\W_]+")
_SOUND: Final = re.compile(r"[a-z0-9]+")
_MARKS: Final = str.maketrans("", "", "'`")
_stem: Final = snowballstemmer.stemmer("english").stemWord


def plain(query: Query) -> Query:
    """The same search in no order of its own: all who look for the same listings share it."""
    return replace(query, sort=Sort.RELEVANCE.value)


def stored(query: Query) -> str:
    """The pairs of a search as one text."""
    return urlencode(list(query.pairs()))


def key_of(query: Query) -> str:
    """What all searches that show the same listings share."""
    return hashlib.blake2b(stored(plain(query)).encode(), digest_size=KEY_BYTES).hexdigest()


def numbers_of(query: Query) -> list[int]:
    """The facet numbers of a search; of too many values the facet with the most is left out."""
    chosen = {name: getattr(query, name) or ("",) for name in NUMBERED}
    while prod(map(len, chosen.values())) > NUMBERS_MAX:
        chosen[max(chosen, key=lambda name: len(chosen[name]))] = ("",)
    return [
        facet(category=c, brand=b, size=s, color=k) for c, b, s, k in product(*(chosen[n] for n in NUMBERED))
    ]


def prices_of(query: Query) -> tuple[int, int]:
    """The lowest and the highest price that a search shows."""
    return query.price_min or 0, PRICE_TOP if query.price_max is None else query.price_max


def word_of(query: Query, counts: Mapping[str, int]) -> str:
    """How each listing that the search shows has a word beginning; "" when that cannot be said.

    Of several words the one that fewest listings have (`counts`).
    """
    if query.any_word:
        return ""
    sought = set(words_of(query.text).sought)
    words = [word for token in plain_of(query.text).split() if (word := _whole(token, sought))]
    beginnings = [(counts.get(word, 0), word, beginning) for word in words if (beginning := _beginning(word))]
    return min(beginnings)[2] if beginnings else ""


def words_in(listing: Listing) -> list[str]:
    """Every beginning that a word of the listing has, and "" for searches without one."""
    texts = (listing.title, listing.brand_name, *listing.category_names, listing.description)
    found = {""}
    for word in _words(texts):
        for form in (word, IRREGULAR.get(word, word)):
            found.update(form[:length] for length in range(1, WORD_MAX + 1))
    return sorted(found)


def _whole(token: str, sought: Iterable[str]) -> str:
    """A token that every engine reads as one word, without its marks; "" for others and those that none looks for."""
    bare = token.strip('".,;:!?()')
    return bare.translate(FOLDED).translate(_MARKS) if bare in sought else ""


def _beginning(word: str) -> str:
    """What a word has in common with all that are found by it: the beginning of its stem, but for its last letter."""
    if not _SOUND.fullmatch(word):
        return ""  # without spaces between its words, perhaps
    stem = _stem(IRREGULAR.get(word, word))
    shared = "".join(
        one for one, other in takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))
    )
    kept = shared.rstrip("yi")
    return kept[: min(WORD_MAX, len(kept) if kept != shared else max(2, len(kept) - 1))]


def _words(texts: Iterable[str]) -> Iterator[str]:
    """Words as engines cut them: by spaces, by whatever is no letter or digit, and all of the latter joined."""
    for token in " ".join(texts).split():
        bare = plain_of(token).translate(FOLDED)
        parts = _PART.findall(bare)
        yield from parts
        yield "".join(parts)
        yield from _PART.findall(bare.translate(_MARKS))
