"""The words of search/data, read once and frozen."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from listings import taxonomy
from listings.taxonomy import normal_name

DATA: Final = Path(__file__).parent.parent / "data"
KIDS: Final = ("kids_clothing", "baby_clothing", "kids_shoes")


@cache
def words() -> Mapping[str, Any]:
    """search/data/words.toml."""
    return MappingProxyType(tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8")))


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """For each word of a group of search/data/synonyms.toml the whole group, the word itself first."""
    data = tomllib.loads((DATA / "synonyms.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for group in data["groups"]:
        for word in group:
            if word in found:
                raise ValueError(f"{word!r} is in two groups of synonyms")
            found[word] = (word, *(other for other in group if other != word))
    for word, others in data["kinds"].items():
        known = found.get(word, (word,))
        found[word] = (*known, *(other for other in others if other not in known))
    return MappingProxyType(found)


@cache
def color_codes() -> Mapping[str, str]:
    """The colour that a word means."""
    found = {code: code for code in taxonomy.COLORS} | {
        normal_name(color.name): code for code, color in taxonomy.COLORS.items()
    }
    return MappingProxyType(found | _inverted(words()["colors"]))


@cache
def conditions() -> Mapping[str, tuple[str, ...]]:
    """The conditions that a phrase means."""
    one = {phrase: (code,) for phrase, code in _inverted(words()["conditions"]).items()}
    return MappingProxyType(
        one | {phrase: tuple(codes) for phrase, codes in words()["condition_groups"].items()}
    )


@cache
def departments() -> Mapping[str, str]:
    """The department that a phrase means."""
    return MappingProxyType(_inverted(words()["departments"]))


@cache
def garment_kinds() -> Mapping[str, str]:
    """What each garment word is measured in: "tops", "shoes" ..."""
    return MappingProxyType(_inverted(words()["garments"]))


@lru_cache(maxsize=10_000)
def garment_kind(word: str) -> str:
    """The kind of a garment word in singular or plural; "" for other words."""
    kinds = garment_kinds()
    return next((kinds[form] for form in singulars(word) if form in kinds), "")


def singulars(word: str) -> Iterable[str]:
    """The word, and what it may be the plural of."""
    yield word
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("ies"):
        yield f"{word[:-3]}y"


def plain_brand(phrase: str) -> str:
    """How sure a brand must be whose name is a plain word: "garment", "rare"; "" when it is no plain word."""
    return _plain_brands().get(phrase.replace(" ", ""), "")


@cache
def _plain_brands() -> Mapping[str, str]:
    found = _inverted({kind: words()["brands"][kind] for kind in ("garment", "rare")})
    return {normal_name(phrase).replace(" ", ""): kind for phrase, kind in found.items()}


@cache
def base_words() -> frozenset[str]:
    """Every single word that the data knows: never corrected, and what others may be corrected to."""
    phrases: set[str] = {*synonyms(), *color_codes(), *conditions(), *departments(), *garment_kinds()}
    phrases |= {phrase for group in synonyms().values() for phrase in group}
    phrases |= {node.name for node in taxonomy.categories()}
    phrases |= {flaw.name for flaw in taxonomy.FLAW_KINDS.values()}
    phrases |= {
        *words()["color_rules"]["modifiers"],
        *words()["baby"]["before"],
        *words()["sentence"]["words"],
        *words()["spoken"]["words"],
    }
    return frozenset(word for phrase in phrases for word in normal_name(phrase).split())


@cache
def plain_words() -> frozenset[str]:
    """Everyday words: never corrected, and nothing is corrected to them unless listings have them."""
    return frozenset((DATA / "plain.txt").read_text(encoding="utf-8").split())


def _inverted(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {phrase: key for key, phrases in rows.items() for phrase in phrases}
