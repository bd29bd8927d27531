"""What somebody looks for: one object that pages, API, saved searches and both engines share."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MULTIPLE: Final = ("category", "brand", "size", "color", "condition")  # or within one, and across them
PRICES: Final = ("price_min", "price_max")


class Sort(TextChoices):
    """In which order listings are shown."""

    RELEVANCE = "relevance", _("Best match")  # without text: newest first
    NEWEST = "newest", _("Just in")
    PRICE_ASC = "price_asc", _("Price, low first")
    PRICE_DESC = "price_desc", _("Price, high first")
    LIKES = "likes", _("Most liked")


class Availability(TextChoices):
    """Which of the public listings are looked at."""

    AVAILABLE = "available", _("For sale")
    SOLD = "sold", _("Sold")
    ALL = "all", _("All")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search. The fields are the parameters of the addresses; several values of one are sorted and unique.

    Categories (of any level), brands and sellers are slugs and usernames, prices are minor units.
    """

    text: str = ""
    category: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    color: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    seller: str = ""
    availability: str = Availability.AVAILABLE.value
    sort: str = Sort.RELEVANCE.value
    exact: bool = False  # the text stands as it is: understood already, or not to be (search.understanding)
    any_word: bool = False  # one of the words of the text is enough

    def __post_init__(self) -> None:
        for name in MULTIPLE:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each parameter that is not as it would be anyway, with its value; one pair for each of several values."""
        for name in self.__slots__:
            value = getattr(self, name)
            if name in MULTIPLE:
                yield from ((name, one) for one in value)
            elif value is True:
                yield name, "1"
            elif value not in ("", None, False) and value != _DEFAULTS.get(name):
                yield name, str(value)

    def having(self, name: str, value: str) -> Self:
        """The same search with one more value."""
        return self._with(name, (*getattr(self, name), value))

    def without(self, name: str, value: str = "") -> Self:
        """The same search without one of several values, or without what `name` says."""
        if name in MULTIPLE:
            return self._with(name, tuple(one for one in getattr(self, name) if value and one != value))
        return self._with(name, _EMPTY[name])

    def _with(self, name: str, value: Any) -> Self:
        changed: dict[str, Any] = {name: value}
        return replace(self, **changed)

    @property
    def order(self) -> str:
        """The order that is meant: without text nothing is more relevant than what is new."""
        return Sort.NEWEST.value if self.sort == Sort.RELEVANCE and not self.text else self.sort


_EMPTY: Final = {
    "text": "", "price_min": None, "price_max": None, "seller": "",
    "availability": Availability.AVAILABLE.value, "sort": Sort.RELEVANCE.value, "exact": False, "any_word": False,
}  # fmt: skip
_DEFAULTS: Final = {name: value for name, value in _EMPTY.items() if value}
