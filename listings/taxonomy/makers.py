"""Makers and the many ways people write their names."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bson import ObjectId

from listings.taxonomy.data import Named, id_of, read


@dataclass(frozen=True, slots=True)
class BrandEntry(Named):
    """A maker, with the other spellings of its name."""

    slug: str
    aliases: tuple[str, ...]


@lru_cache(maxsize=100_000)
def normal_name(text: str) -> str:
    """A brand name as compared: no case, accents or punctuation, "&" as "and"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("&", " and "))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]|_", " ", re.sub(r"['’`´]", "", plain)).split())


@lru_cache(maxsize=1)
def brands() -> tuple[BrandEntry, ...]:
    """Every brand in the data, by name."""
    rows = read("brands.toml")["brands"]
    found = [BrandEntry(name, normal_name(name).replace(" ", "-"), tuple(rows[name])) for name in rows]
    return tuple(sorted(found, key=lambda brand: normal_name(brand.name)))


@lru_cache(maxsize=1)
def _brand_index() -> dict[str, BrandEntry]:
    index = {_squeezed(brand.name): brand for brand in brands()}
    for brand in brands():
        for alias in brand.aliases:
            index.setdefault(_squeezed(alias), brand)
    return index


def brand_for(text: str) -> BrandEntry | None:
    """The brand that a text names, by any of its spellings."""
    return _brand_index().get(_squeezed(text))


def unbranded() -> BrandEntry:
    """What a listing says that has no brand and needs none."""
    return _brand_index()[_squeezed(read("brands.toml")["unbranded"])]


def _squeezed(text: str) -> str:
    return normal_name(text).replace(" ", "")


def brand_id(slug: str) -> ObjectId:
    """The id of the Brand document of a brand that is in the data."""
    return id_of("brand", slug)
