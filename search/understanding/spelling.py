"""Spelling, compared with the shop's own words: only what nobody sells under is changed, and each change is said."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.models import Term
from search.understanding.tokens import Token, Typed
from search.understanding.understood import Correction
from search.vocabulary.data import base_words, garment_kind, plain_brand, plain_words, singulars
from search.vocabulary.snapshot import Snapshot, stem

LETTERS_MIN: Final = 4  # shorter words have too many neighbours
TWO_FROM: Final = 8  # letters from which on two mistakes are forgiven
FIRST_FROM: Final = 7  # letters from which on the first one may be wrong
LONG: Final = 10  # letters from which on two mistakes lead to a word that no listing has yet
NAME_MIN: Final = 7  # letters of a name of several words that is compared as a whole
RARE: Final = 3  # listings that may all have the same mistake
FAR: Final = 50  # times as frequent must the neighbour of a rare word be
# (words before the doubtful one, words) that may be a name together, the longest first.
WINDOWS: Final = tuple((before, length) for length in (4, 3, 2, 1) for before in range(length))
FIGURES: Final = re.compile(r"\d")
ENDINGS: Final = re.compile(r"(?:ed|ing|ers?|ly|y|s)$")
CANDIDATES: Final = 12


def correct(typed: Typed, words: Snapshot) -> tuple[Correction, ...]:
    """Reads unknown words as the nearest known one; not in quotes, not figures, not what a filter took."""
    doubtful = [at for at, token in enumerate(typed.tokens) if _may_be_wrong(token, words)]
    unseen = [typed.tokens[at].words for at in doubtful if not words.words.get(typed.tokens[at].words)]
    # The snapshot is bounded: a word beyond it may still be somebody's.
    known = Term.objects.all().known(unseen) if unseen else set()
    found = []
    for at in doubtful:
        token = typed.tokens[at]
        if token.is_free and token.words not in known and (fixed := _brand_of_words(typed, at, words)):
            found.append(fixed)
        elif token.is_free and token.words not in known and (meant := nearest(token.words, words)):
            found.append(Correction(token.raw, meant))
            token.correct(meant)
    return tuple(found)


def nearest(word: str, words: Snapshot) -> str:
    """The known word that one is most likely meant to be; "" when there is none near, or it is known itself."""
    count = words.words.get(word, -1)
    limit = 1 if len(word) < TWO_FROM or count > 0 else 2
    best = ("", (0, 0, 0))
    for other, distance in _near(word, words.words_by_length, limit):
        times = words.words[other]
        if other == word or (count > 0 and times < FAR * count):
            continue
        if not _is_slip(word, other) or (distance > 1 and not times and len(word) < LONG):
            continue
        if not times and other in plain_words() and other not in base_words():
            continue
        if len(other) < LETTERS_MIN or other in singulars(word) or word in singulars(other):
            continue
        is_brand = other in words.brands and not plain_brand(other)
        alike = int(other[0] == word[0]) + int(other[-1] == word[-1]) + 2 * int(is_brand)
        rank = (-distance, alike, times)
        if not best[0] or rank > best[1]:
            best = (other, rank)
    return best[0]


def _is_slip(word: str, other: str) -> bool:
    """Whether it looks like a slip: the first letter is rarely wrong, and of four letters none is another one."""
    if sorted(word) == sorted(other):
        return True
    if word[0] != other[0]:
        return len(word) >= FIRST_FROM and len(word) == len(other)
    return len(word) > LETTERS_MIN or len(other) > LETTERS_MIN


def _may_be_wrong(token: Token, words: Snapshot) -> bool:
    word = token.words
    if not token.is_free or not word.isalpha() or len(word) < LETTERS_MIN or len(token.raw) != len(word):
        return False
    forms = [form for form in singulars(word) if len(form) >= LETTERS_MIN or garment_kind(form)]
    counts = [words.words[form] for form in forms if form in words.words]
    if word in words.brands or (word in words.words and not words.words[word]):
        return False  # a word of the data
    if not counts and ENDINGS.search(word) and stem(word) in words.stems:
        return False  # another form of a known word
    return not counts or 0 < max(counts) <= RARE


def _brand_of_words(typed: Typed, at: int, words: Snapshot) -> Correction | None:
    """Names of several words: "calvin kline", "ralf lauren", "northface jaket"."""
    for before, length in WINDOWS:
        start = at - before
        phrase = typed.phrase(start, length) if start >= 0 else None
        squeezed = phrase.replace(" ", "") if phrase else ""
        if len(squeezed) < NAME_MIN or squeezed in words.brands:
            continue
        limit = 1 if len(squeezed) < TWO_FROM + 2 else 2
        near = [pair for pair in _near(squeezed, words.names_by_length, limit) if " " in words.names[pair[0]]]
        near = [(name, distance) for name, distance in near if _may_be_name(name, squeezed, words)]
        if near:
            name = min(near, key=lambda pair: pair[1])[0]
            parts = typed.tokens[start : start + length]
            typed_words = " ".join(token.raw for token in parts)
            parts[0].correct(words.names[name])
            for token in parts[1:]:
                token.is_joined = True
            parts[0].end = parts[-1].end
            return Correction(typed_words, words.names[name])
    return None


def _may_be_name(name: str, typed: str, words: Snapshot) -> bool:
    return not plain_brand(words.names[name]) and FIGURES.findall(name) == FIGURES.findall(typed)


def _near(word: str, by_length: Mapping[int, Sequence[str]], limit: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for length in range(len(word) - limit, len(word) + limit + 1):
        choices = by_length.get(length)
        if choices:
            hits = process.extract(word, choices, scorer=OSA.distance, score_cutoff=limit, limit=CANDIDATES)
            found += [(other, int(distance)) for other, distance, _at in hits]
    return found
