"""Cutting texts into the words and prefixes of the vocabulary."""

from collections.abc import Iterable
from typing import Final

from listings.taxonomy import normal_name
from search.models import PREFIX_MAX

WORD_MIN, WORD_MAX = 2, 30  # characters of a word that is learned
STARTS_MAX: Final = 6  # words of a text that it can be found by


def words_of(text: str) -> set[str]:
    """The words of a title that are worth knowing: no figures, nothing of one letter."""
    return {
        word
        for word in normal_name(text).split()
        if WORD_MIN <= len(word) <= WORD_MAX and not any(char.isdigit() for char in word)
    }


def prefixes_of(texts: Iterable[str]) -> list[str]:
    """Every prefix that begins at a word of one of the texts, up to PREFIX_MAX characters."""
    found: set[str] = set()
    for text in texts:
        parts = normal_name(text).split()
        starts = [" ".join(parts[at:]) for at in range(min(len(parts), STARTS_MAX))]
        if len(parts) > 1:
            starts.append("".join(parts))
        for start in starts:
            found.update(start[:length].rstrip() for length in range(1, min(len(start), PREFIX_MAX) + 1))
    return sorted(found)
