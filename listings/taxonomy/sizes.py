"""Sizes by system, and what each is called in the others."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from listings.taxonomy.data import Named, read
from listings.taxonomy.tree import category

LOOSE: Final = "letters"  # the size set of something without a category
PREFIX: Final = {"int": "{}", "waist": "W{}", "mm": "{} mm"}  # how a system's word is shown; others: "UK 12"


@dataclass(frozen=True, slots=True)
class Size:
    """A size a seller can choose. `ordinal` orders the sizes of one set, whatever their system.

    `equivalents` maps the other systems to what they call it: {"uk": ("12",), "eu": ("40",)}.
    """

    set: str
    key: str
    label: str
    system: str
    value: str
    ordinal: int
    tag: str
    rows: tuple[int, ...] = field(repr=False)
    equivalents: Mapping[str, tuple[str, ...]] = field(repr=False, hash=False)

    @property
    def hint(self) -> str:
        """The equivalents in one line: "UK 12 · EU 40"."""
        return " · ".join(_shown(name, "/".join(values)) for name, values in self.equivalents.items())


@dataclass(frozen=True, slots=True)
class SizeSet(Named):
    """The sizes of a kind of garment, in the order people see them, and the sets offered beside them."""

    key: str
    tag: str
    systems: tuple[str, ...]
    also: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    sizes: tuple[Size, ...] = field(repr=False)


@lru_cache(maxsize=1)
def size_sets() -> Mapping[str, SizeSet]:
    """Every size set by its key."""
    sets = {key: row for key, row in read("sizes.toml").items() if key != "words"}
    return MappingProxyType({key: _size_set(key, row) for key, row in sets.items()})


def _shown(system: str, words: str) -> str:
    return PREFIX.get(system, f"{system.upper()} {{}}").format(words)


def _size_set(key: str, row: dict[str, Any]) -> SizeSet:
    systems, labels = row["systems"], row.get("labels", {})
    sizes = []
    for system in row["offered"]:
        column = [cells[systems.index(system)] for cells in row["rows"]]
        for value in dict.fromkeys(cell for cell in column if cell):
            rows = tuple(number for number, cell in enumerate(column) if cell == value)
            others = {
                other: tuple(dict.fromkeys(row["rows"][n][at] for n in rows if row["rows"][n][at]))
                for at, other in enumerate(systems)
                if other != system
            }
            label = labels[system].format(value) if system in labels else _shown(system, value)
            parts = [row["tag"] if row["tag"] != "standard" else "", "" if system == "int" else system, value]
            size_key = re.sub(r"[^a-z0-9]+", "-", " ".join(filter(None, parts)).lower())
            ordinal = 10 * sum(rows) // len(rows)
            known = MappingProxyType({name: values for name, values in others.items() if values})
            sizes.append(Size(key, size_key, label, system, value, ordinal, row["tag"], rows, known))
    cells = tuple(tuple(line) for line in row["rows"])
    return SizeSet(
        row["name"], key, row["tag"], tuple(systems), tuple(row.get("also", ())), cells, tuple(sizes)
    )


@lru_cache(maxsize=1024)
def sizes_for(slug: str) -> tuple[Size, ...]:
    """The sizes offered in a category or leaf, its own set first; () for a department or an unknown slug."""
    node = category(slug)
    return _offered(node.size_set) if node and node.size_set else ()


@lru_cache(maxsize=64)
def _offered(set_key: str) -> tuple[Size, ...]:
    own = size_sets()[set_key]
    return tuple(size for key in (own.key, *own.also) for size in size_sets()[key].sizes)


def size_for(set_key: str, text: str) -> Size | None:
    """The size that a text names in a set or one offered beside it: by key, label, or a system's word ("EU 38").

    A bare number is read in the set's own systems first, and in another one only when all that know it agree.
    """
    return _size_index(set_key).get(_size_words(text))


def size_in_category(path: Iterable[str], text: str) -> Size | None:
    """The size that a text names in the deepest category of a path; without a category only letters are known."""
    node = category(next(reversed(list(path)), ""))
    return size_for(node.size_set if node and node.size_set else LOOSE, text)


def _size_words(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.casefold().replace(",", ".").replace("½", ".5")).strip()


@lru_cache(maxsize=64)
def _size_index(set_key: str) -> dict[str, Size]:
    own, words = size_sets()[set_key], read("sizes.toml")["words"]
    index: dict[str, Size] = {}
    for size in _offered(set_key):
        spellings = [
            size.key,
            size.label,
            f"{size.system} {size.value}",
            f"{size.value} {size.system}",
            size.value,
        ]
        spellings += words.get(size.value, ()) if size.system == "int" else ()
        for spelling in spellings:
            index.setdefault(_size_words(spelling), size)
    bare: dict[str, set[Size]] = {}
    for key in (own.key, *own.also):
        for word, size in _equivalent_words(size_sets()[key]):
            system, _space, value = word.partition(" ")
            index.setdefault(_size_words(word), size)
            index.setdefault(_size_words(f"{value} {system}"), size)
            bare.setdefault(_size_words(value), set()).add(size)
    for value, sizes in bare.items():
        if len(sizes) == 1:
            index.setdefault(value, next(iter(sizes)))
    return index


def _equivalent_words(sizes: SizeSet) -> Iterable[tuple[str, Size]]:
    """("eu 38", the narrowest offered size on that row) for each cell of the set's table."""
    for number, cells in enumerate(sizes.rows):
        here = [size for size in sizes.sizes if number in size.rows]
        if here:
            size = min(here, key=lambda size: len(size.rows))
            yield from (
                (f"{system} {cell}", size) for system, cell in zip(sizes.systems, cells, strict=True) if cell
            )
