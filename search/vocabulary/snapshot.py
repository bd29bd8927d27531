"""The vocabulary in the memory of each process: bounded, read anew in the background when it has changed."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Final

import snowballstemmer
from django.db import DatabaseError, close_old_connections
from pymongo.errors import PyMongoError

from listings import taxonomy
from listings.taxonomy import normal_name
from search.models import Term, Vocabulary
from search.vocabulary.data import base_words, garment_kind, plain_words

log = logging.getLogger(__name__)
# 50,000 words and 20,000 brands are about 15 MB a process (docs/search.md).
WORDS_MAX, BRANDS_MAX = 50_000, 20_000
LOOK_SECONDS: Final = 10.0  # how often a process asks for the version


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Words with their counts, brands by every spelling, and both again by length for the comparison of spellings."""

    version: datetime | None = None
    words: Mapping[str, int] = field(default_factory=dict)
    brands: Mapping[str, str] = field(default_factory=dict)  # squeezed spelling: slug
    names: Mapping[str, str] = field(
        default_factory=dict
    )  # squeezed spelling of several words: as it is written
    stems: frozenset[str] = frozenset()
    words_by_length: Mapping[int, Sequence[str]] = field(default_factory=dict)
    names_by_length: Mapping[int, Sequence[str]] = field(default_factory=dict)
    words_by_letter: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # the first, most frequent first

    def brand(self, phrase: str) -> str:
        """The slug of the brand with this spelling; "" for none."""
        return self.brands.get(phrase.replace(" ", ""), "")


stem: Final[Callable[[str], str]] = snowballstemmer.stemmer("english").stemWord

_current: Snapshot | None = None
_looked_at = 0.0
_lock = threading.Lock()


def snapshot() -> Snapshot:
    """The present snapshot; the first call in a process reads it, later ones never wait for that."""
    global _looked_at
    if _current is None:
        with _lock:
            if _current is None:
                reload()
    elif time.monotonic() - _looked_at > LOOK_SECONDS:
        _looked_at = time.monotonic()
        threading.Thread(target=_look, name="vocabulary", daemon=True).start()
    assert _current is not None
    return _current


def reload() -> None:
    """Reads the vocabulary here and now."""
    global _current, _looked_at
    _current, _looked_at = _read(), time.monotonic()


def forget() -> None:
    """Makes the next call read it."""
    global _current
    _current = None


def _look() -> None:
    try:
        if _current is not None and _version() != _current.version:
            reload()
    except (DatabaseError, PyMongoError) as exc:
        log.warning("vocabulary not read", extra={"reason": str(exc)})  # the present one stays
    finally:
        close_old_connections()


def _version() -> datetime | None:
    return Vocabulary.objects.values_list("changed_at", flat=True).first()


def _read() -> Snapshot:
    version = _version()
    counts = dict.fromkeys(base_words() | plain_words(), 0)
    brands: dict[str, str] = {}
    names: dict[str, str] = {}
    for entry in taxonomy.brands():
        _add_brand(entry.slug, (entry.name, *entry.aliases), brands, names, counts)
    for row in Term.objects.all().most_frequent(Term.Kind.BRAND, BRANDS_MAX):
        _add_brand(row["key"], (row["text"], *row.get("spellings", ())), brands, names, counts)
    # "Handmade" is said of the thing, and a title says it as a word.
    unbranded = taxonomy.unbranded().slug
    brands = {spelling: slug for spelling, slug in brands.items() if slug != unbranded}
    for row in Term.objects.all().most_frequent(Term.Kind.WORD, WORDS_MAX):
        counts[row["key"]] = row["count"]
    return Snapshot(
        version, counts, brands, names, _stems(), _by_length(counts), _by_length(names), _by_letter(counts)
    )


@cache
def _stems() -> frozenset[str]:
    # Of the words of the data only: a shop's own words are there in the forms that it uses, and stemming is slow.
    return frozenset(map(stem, base_words() | plain_words()))


def _add_brand(
    slug: str, spellings: Sequence[str], brands: dict[str, str], names: dict[str, str], counts: dict[str, int]
) -> None:
    for spelling in spellings:
        words = normal_name(spelling)
        squeezed = words.replace(" ", "")
        brands[squeezed] = slug
        if not garment_kind(words.rpartition(" ")[2]):  # of "hunter boots" the boots are no part of the name
            names.setdefault(squeezed, words)
        for word in words.split():
            counts.setdefault(word, 0)


def _by_letter(counts: Mapping[str, int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        found.setdefault(word[0], []).append(word)
    return found


def _by_length(words: Mapping[str, object]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for word in sorted(words):
        found.setdefault(len(word), []).append(word)
    return found
