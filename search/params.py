"""Parameters of addresses as a Query, and a Query as parameters.

Pages leave out what nothing here knows, cut what is too long and say so; the API refuses both by name.
Pages take prices in major units of the site's currency, as people type them, the API in minor units.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from listings import services, taxonomy
from marketplace.core.errors import Invalid
from marketplace.core.money import Money, parse_amount
from marketplace.core.rules import rule
from search.query import MULTIPLE, PRICES, Availability, Query, Sort

TEXT: Final = "q"  # what `text` is called in addresses
WORD_MAX: Final = 100  # characters of one value: no slug, username or size is longer
AMOUNT_MAX: Final = 2**53
SLUG: Final = re.compile(r"[-a-z0-9_]+")
USERNAME: Final = re.compile(r"[a-z0-9_]+")
CHOICES: Final[Mapping[str, Sequence[str]]] = {
    "color": tuple(taxonomy.COLORS), "condition": tuple(taxonomy.CONDITIONS), "availability": Availability.values,
    "sort": Sort.values,
}  # fmt: skip
FLAGS: Final = ("exact", "any_word")
API_NAMES: Final = (TEXT, *MULTIPLE, *PRICES, *FLAGS, "seller", "availability", "sort")


@dataclass(frozen=True, slots=True)
class Place:
    """A page that shows searches: its address, and what holds for all of them there."""

    path: str
    category: str = ""
    brand: str = ""

    @property
    def fixed(self) -> dict[str, tuple[str, ...]]:
        """The values of the page itself, by field."""
        return {name: (value,) for name in ("category", "brand") if (value := getattr(self, name))}

    def pairs(self, query: Query) -> list[tuple[str, str]]:
        """The parameters with which this page shows the search."""
        own = self.fixed
        found = []
        for name, value in query.pairs():
            if (name in own and value in own[name]) or (name in FLAGS and not query.text):
                continue
            if name in PRICES:
                value = typed_price(int(value))
            found.append((TEXT if name == "text" else name, value))
        return found

    def address(self, query: Query, *more: tuple[str, str]) -> str:
        """Where this page shows the search; `more` are further parameters."""
        pairs = [*self.pairs(query), *more]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked a page for, and what could not be taken as it was typed, by parameter."""

    query: Query
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)  # as it was typed where it is refused


def from_page(data: QueryDict, place: Place) -> Asked:
    """The search that a page's address asks for."""
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {"text": _text(data.get(TEXT, ""), errors)}
    for name in MULTIPLE:
        values[name] = _several(name, data.getlist(name), errors)
    for name in PRICES:
        if typed := data.get(name, "").strip()[:WORD_MAX]:
            values[name] = _price(name, typed, errors)
    for name in ("availability", "sort"):
        if data.get(name) in CHOICES[name]:
            values[name] = data[name]
    values |= {name: data.get(name) == "1" for name in FLAGS}
    if USERNAME.fullmatch(seller := data.get("seller", "").lower()) and len(seller) <= WORD_MAX:
        values["seller"] = seller
    if place.category:
        # Only what lies in the page's own category narrows it.
        within = [one for one in values["category"] if place.category in taxonomy.category(one).path]  # type: ignore[union-attr]
        values["category"] = tuple(within) or (place.category,)
    if place.brand:
        values["brand"] = (place.brand,)
    return Asked(Query(**values), errors, {name: data.get(name, "") for name in errors})


def from_api(data: QueryDict, *, also: Sequence[str] = (), offered: Sequence[str] = API_NAMES) -> Query:
    """The search that a program asks for; Invalid for each parameter that is empty, wrong or not offered.

    `also` are the parameters of the door itself, `offered` those of a search that it takes. One that is passed over
    would answer another question.
    """
    known = {*offered, *also}
    errors: dict[str, list[str]] = {}
    for name in data:
        if name not in known:
            errors[name] = [_("Not offered here. There are: %(all)s.") % {"all": ", ".join(sorted(known))}]
        elif not all(data.getlist(name)) and name != "cursor":
            errors[name] = [_("Leave it out instead of leaving it empty.")]
        elif len(data.getlist(name)) > (rule("search.values_max") if name in MULTIPLE else 1):
            errors[name] = [_too_many(name)]
    values: dict[str, Any] = {}
    for name in (name for name in offered if name in data and name not in errors):
        try:
            taken = tuple(STRICT.get(name, _word)(name, one) for one in data.getlist(name))
        except Invalid as refusal:
            errors |= refusal.fields
            continue
        values["text" if name == TEXT else name] = taken if name in MULTIPLE else taken[0]
    if errors:
        raise Invalid(fields=errors)
    return Query(**values)


def typed_price(minor: int) -> str:
    """An amount as one would type it on a page."""
    return f"{Money(minor, settings.DEFAULT_CURRENCY).decimal:f}".removesuffix(".00")


def brand_slug(text: str) -> str:
    """The slug of a brand that is given as one or as people write its name."""
    if known := taxonomy.brand_for(text):
        return known.slug
    if SLUG.fullmatch(text) and text.endswith("-typed"):
        return text
    return services.brand_slug(text)


def _text(typed: str, errors: dict[str, list[str]]) -> str:
    text, most = " ".join(typed.replace("\0", " ").split()), rule("search.text_max")
    if len(text) > most:
        errors[TEXT] = [_("At most %(max)d characters; what comes after them is left out.") % {"max": most}]
    return text[:most].rstrip()


def _several(name: str, typed: Sequence[str], errors: dict[str, list[str]]) -> tuple[str, ...]:
    taken = (word for one in typed if 0 < len(word := one.strip()) <= WORD_MAX and "\0" not in word)
    found = tuple(dict.fromkeys(value for word in taken if (value := KNOWN[name](word))))
    if len(found) > rule("search.values_max"):
        errors[name] = [_too_many(name)]
    return found[: rule("search.values_max")]


def _too_many(name: str) -> str:
    most = rule("search.values_max") if name in MULTIPLE else 1
    return _("At most %(max)d of these at once.") % {"max": most}


def _price(name: str, typed: str, errors: dict[str, list[str]]) -> int | None:
    try:
        minor = parse_amount(typed, settings.DEFAULT_CURRENCY, field=name)
    except Invalid as refusal:
        errors |= {key: list(texts) for key, texts in refusal.fields.items()}
        return None
    if minor < 0:
        errors[name] = [_("A price is not below nothing.")]
        return None
    return minor


KNOWN: Final[Mapping[str, Callable[[str], str]]] = {
    "category": lambda text: text if taxonomy.category(text) else "",
    "brand": brand_slug,
    "size": str,
    "color": lambda text: text if text in taxonomy.COLORS else "",
    "condition": lambda text: text if text in taxonomy.CONDITIONS else "",
}  # what each value of a page's parameter stands for; "" leaves it out


def _word(name: str, text: str, most: int = WORD_MAX) -> str:
    if len(text) > most:
        raise Invalid(fields={name: [_("At most %(max)d characters.") % {"max": most}]})
    if "\0" in text:
        raise Invalid(fields={name: [_("Null characters are not allowed.")]})
    return text


def _words(name: str, text: str) -> str:
    return " ".join(_word(name, text, rule("search.text_max")).split())


def _chosen(name: str, text: str) -> str:
    if text not in CHOICES[name]:
        raise Invalid(fields={name: [_("One of: %(all)s.") % {"all": ", ".join(CHOICES[name])}]})
    return text


def _minor(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,16}", text) or int(text) > AMOUNT_MAX:
        raise Invalid(
            fields={name: [_("A whole number of minor units, at most %(max)d.") % {"max": AMOUNT_MAX}]}
        )
    return int(text)


def flag(name: str, text: str) -> bool:
    """What a program says with yes or not at all; Invalid names the parameter."""
    if text != "1":
        raise Invalid(fields={name: [_("Say 1, or leave it out.")]})
    return True


def _username(name: str, text: str) -> str:
    return _word(name, text).lower()


STRICT: Final[Mapping[str, Callable[[str, str], Any]]] = {
    TEXT: _words, "seller": _username,
    **dict.fromkeys(CHOICES, _chosen), **dict.fromkeys(FLAGS, flag), **dict.fromkeys(PRICES, _minor),
}  # fmt: skip
