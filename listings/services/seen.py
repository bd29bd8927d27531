"""What somebody changed on a form, against what it showed them: a form is always older than the database."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from listings import taxonomy
from listings.errors import FieldsMoved
from listings.models import Listing
from marketplace.core.money import Money, format_money

# By the name that people know a field under, the column that says whether it changed.
COLUMNS: Final[Mapping[str, str]] = {
    "title": "title", "description": "description", "category": "category_path", "brand": "brand_name",
    "colors": "colors", "condition": "condition", "flaws": "flaws", "currency": "currency", "price": "price_cents",
    "original_price": "original_price_cents", "sku": "sku", "cost": "cost_cents",
}  # fmt: skip
# Columns that are written together with one of those.
BESIDE: Final = {
    "category": ("category_id", "category_names"),
    "brand": ("brand_id", "brand_slug", "brand_revision"),
}
AMOUNTS: Final = frozenset({"price", "original_price", "cost"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A digest of each field as a form showed it; as text it travels in a hidden field of the form."""

    digests: Mapping[str, str]

    @classmethod
    def of(cls, listing: Listing) -> Self:
        """What a form shows that is made of this listing."""
        return cls({name: _of(listing, name) for name in COLUMNS})

    @classmethod
    def blank(cls, currency: str) -> Self:
        """What an empty form shows."""
        return cls.of(Listing(currency=currency))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What str() gave; None for "", a form that does not say what it showed. Of other texts nothing matches."""
        pairs = (part.partition(":") for part in text.split(","))
        return cls({name: digest for name, _colon, digest in pairs}) if text else None

    def __str__(self) -> str:
        return ",".join(f"{name}:{digest}" for name, digest in self.digests.items())

    def having(self, values: Mapping[str, Any], currency: str) -> Self:
        """The same form when these values (by column) stand on it."""
        now = {name: _digest(name, values[column], values.get("currency", currency))
               for name, column in COLUMNS.items() if column in values}  # fmt: skip
        return type(self)({**self.digests, **now})

    def told(self, listing: Listing, names: Collection[str]) -> Self:
        """The same form when it also says how these fields are now."""
        return type(self)({**self.digests, **{name: _of(listing, name) for name in names if name in COLUMNS}})

    def changed(self, values: Mapping[str, Any], listing: Listing) -> dict[str, Any]:
        """Of `values`, by column, those that differ from what was shown and are not in `listing` already.

        FieldsMoved names those that somebody else has changed meanwhile, and says how they are now.
        """
        typed = self.having(values, listing.currency)
        left, moved = dict(values), {}
        for name, column in COLUMNS.items():
            if column not in values:
                continue
            new, now, shown = typed.digests[name], _of(listing, name), self.digests.get(name)
            if new in (now, shown):
                for gone in (column, *BESIDE.get(name, ())):
                    left.pop(gone, None)
            elif now != shown:
                text = _("Changed elsewhere meanwhile, to “%(now)s”. Save again to have yours instead.")
                moved[name] = [text % {"now": _words(name, listing)}]
        if moved:
            raise FieldsMoved(fields=moved)
        return left


def _of(listing: Listing, name: str) -> str:
    return _digest(name, getattr(listing, COLUMNS[name]), listing.currency)


def _digest(name: str, value: Any, currency: str) -> str:
    plain = value
    if isinstance(value, str):
        plain = value.replace("\r\n", "\n")  # browsers send each line break as two characters
    elif name == "colors":
        plain = sorted(value)
    elif name == "flaws":
        plain = [(flaw.kind, flaw.place, flaw.note, flaw.photo_no) for flaw in value]
    elif name in AMOUNTS:
        plain = (
            None if value is None else [value, currency]
        )  # the same digits are another amount in another currency
    return md5(json.dumps(plain).encode(), usedforsecurity=False).hexdigest()


def _words(name: str, listing: Listing) -> str:
    if name in AMOUNTS:
        minor = getattr(listing, COLUMNS[name])
        return "" if minor is None else format_money(Money(minor, listing.currency))
    if name == "category":
        return " / ".join(listing.category_names)
    if name == "colors":
        return ", ".join(taxonomy.COLORS[code].title for code in listing.colors)
    if name == "flaws":
        return ", ".join(
            " ".join([taxonomy.FLAW_KINDS[flaw.kind].title, flaw.note]).strip() for flaw in listing.flaws
        )
    if name == "condition" and listing.condition:
        return str(taxonomy.CONDITIONS[listing.condition].title)
    return str(getattr(listing, COLUMNS[name]))
