"""Colours, conditions, flaws: short lists, each by its code."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext

from listings.taxonomy.data import Named, read


@dataclass(frozen=True, slots=True)
class Color(Named):
    """One of the sixteen colours; `rgb` is "#rrggbb"."""

    code: str
    rgb: str


@dataclass(frozen=True, slots=True)
class Condition(Named):
    """One of the five conditions, with a sentence that says what it promises."""

    code: str
    text: str

    @property
    def sentence(self) -> str:
        """The promise in the reader's language."""
        return gettext(self.text)


_words: Final = read("attributes.toml")
COLORS: Final = MappingProxyType({code: Color(code=code, **row) for code, row in _words["colors"].items()})
CONDITIONS: Final = MappingProxyType(
    {code: Condition(code=code, **row) for code, row in _words["conditions"].items()}
)
FLAW_KINDS: Final = MappingProxyType({code: Named(name) for code, name in _words["flaw_kinds"].items()})
FLAW_PLACES: Final = MappingProxyType({code: Named(name) for code, name in _words["flaw_places"].items()})
