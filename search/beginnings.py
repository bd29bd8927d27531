"""How the words begin under which listings are found, and the groups of words that may stand for each other.

A listing that a word finds has a word beginning like it: engines cut words at their ends only, but for IRREGULAR ones.
"""

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import takewhile
from typing import Final

import snowballstemmer

from search.engines.words import COMMON, plain_of
from search.models.saved import WORD_MAX
from search.vocabulary.data import synonyms

# Letters without a decomposition that indexes read as plain ones.
FOLDED: Final = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# Words that stemmers take for another one that begins otherwise.
IRREGULAR: Final = {"dying": "die", "lying": "lie", "tying": "tie", "women": "woman", "womens": "woman", "men": "man",
                    "mens": "man"}  # fmt: skip
_PART: Final = re.compile(r"[^\W_]+")
_SOUND: Final = re.compile(r"[a-z0-9]+")
MARKS: Final = str.maketrans("", "", "'`")
_stem: Final = snowballstemmer.stemmer("english").stemWord


def beginning(word: str) -> str:
    """What a word has in common with all that are found by it: the beginning of its stem, but for its last letter."""
    if not _SOUND.fullmatch(word):
        return ""  # without spaces between its words, perhaps
    stem = _stem(IRREGULAR.get(word, word))
    shared = "".join(
        one for one, other in takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))
    )
    kept = shared.rstrip("yi")
    return kept[: min(WORD_MAX, len(kept) if kept != shared else max(2, len(kept) - 1))]


def words_among(texts: Iterable[str]) -> Iterator[str]:
    """Words as engines cut them: by spaces, by whatever is no letter or digit, and all of the latter joined."""
    for token in " ".join(texts).split():
        bare = plain_of(token).translate(FOLDED)
        parts = _PART.findall(bare)
        yield from parts
        yield "".join(parts)
        yield from _PART.findall(bare.translate(MARKS))


def synonyms_among(words: Set[str]) -> dict[str, str]:
    """For each word of a search that synonyms may replace what stands for their group; "" where several may."""
    touching: dict[str, set[frozenset[str]]] = {}
    groups: dict[str, set[str]] = {}
    for entry, group in _entries():
        hits = [{word for word in words if word.startswith(start)} for start in entry]
        if all(hits):
            together = frozenset[str]().union(*hits)
            for word in together:
                is_sure = any(beginning(word).startswith(start) for start in entry)
                touching.setdefault(word, set()).add(together)
                groups.setdefault(word, set()).update({group} if is_sure else {group, ""})
    return {
        word: next(iter(groups[word]))
        if all(groups[other] == groups[word] and len(groups[other]) == 1 for one in found for other in one)
        else ""
        for word, found in touching.items()
    }


def synonyms_within(beginnings: Set[str]) -> set[str]:
    """What stands for the groups of which a listing has a word or all words of a phrase."""
    return {group for entry, group in _entries() if entry <= beginnings}


@cache
def _entries() -> frozenset[tuple[frozenset[str], str]]:
    """The beginnings of each word or phrase of the synonyms, and what stands for all that it may be replaced by."""
    parents: dict[str, str] = {}

    def root(word: str) -> str:
        while parents.setdefault(word, word) != word:
            word = parents[word]
        return word

    for word, group in synonyms().items():
        for other in group:
            first, second = sorted((root(word), root(other)))
            parents[second] = first
    found: set[tuple[frozenset[str], str]] = set()
    for word in sorted(parents):
        starts = [beginning(part) for part in _PART.findall(plain_of(word)) if part not in COMMON]
        if starts and all(starts):
            letters = "".join(_PART.findall(root(word)))
            found.add((frozenset(starts), f"~{letters[: WORD_MAX - 1]}"))
    return frozenset(found)
