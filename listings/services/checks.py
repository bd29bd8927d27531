"""The rules of a listing's fields, in one place for forms, API, admin and import."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from listings import taxonomy
from listings.models import Flaw, Listing
from marketplace.core.errors import Invalid
from marketplace.core.money import CURRENCIES, Money, format_money
from marketplace.core.rules import rule

Values = dict[str, Any]
Errors = dict[str, list[str]]


def clean_fields(fields: Mapping[str, Any], *, currency: str) -> Values:
    """Model values for what a caller gave (only those given); Invalid names every field that breaks a rule.

    `category` is a slug of any level, `brand` the text a person typed, `flaws` dicts with kind, place, note and
    photo_no. TypeError for a name that is not an editable field: that is a mistake in our code, not of a person.
    """
    values: Values = {}
    errors: Errors = {}
    currency = fields.get("currency") or currency
    for name, value in fields.items():
        if name not in CLEANERS:
            raise TypeError(f"{name!r} is not an editable field of a listing")
        try:
            values |= CLEANERS[name](name, value, currency)
        except Invalid as refusal:
            errors |= refusal.fields
    if errors:
        raise Invalid(fields=errors)
    return values


def missing_to_publish(listing: Listing) -> Errors:
    """Everything that stands between a draft and the shop, by field; {} when it can go."""
    errors: Errors = {}
    if not listing.title:
        errors["title"] = [_("Give it a title.")]
    if not listing.description:
        errors["description"] = [_("Describe it in a few words.")]
    if len(listing.category_path) != taxonomy.LEVELS:
        errors["category"] = [_("Choose a category down to the last level.")]
    if not listing.condition:
        errors["condition"] = [_("Say what condition it is in.")]
    if listing.price_cents is None:
        errors["price"] = [_("Set a price.")]
    if not listing.sizes:
        errors["sizes"] = [_("Choose at least one size.")]
    elif not listing.units_open:
        errors["sizes"] = [_("Have at least one piece to sell.")]
    if not listing.photo_count:
        errors["photos"] = [_("Add at least one photo.")]
    return errors | prices_disagree(listing.price_cents, listing.original_price_cents)


def prices_disagree(price: int | None, original: int | None) -> Errors:
    """The original price is blank or at least the price."""
    if price is not None and original is not None and original < price:
        return {
            "original_price": [_("The original price cannot be below the price. Leave it empty if unsure.")]
        }
    return {}


def _text(limit_key: str) -> Callable[[str, Any, str], Values]:
    def clean(name: str, value: Any, currency: str) -> Values:
        text, limit = str(value or "").replace("\x00", "").strip(), rule(limit_key)
        if len(text) > limit:
            raise Invalid(
                fields={name: [_("%(n)d characters; at most %(max)d fit.") % {"n": len(text), "max": limit}]}
            )
        return {name: text}

    return clean


def _category(name: str, value: Any, currency: str) -> Values:
    slug = str(value or "")
    if not slug:
        return {"category_id": None, "category_path": [], "category_names": []}
    node = taxonomy.category(slug)
    if node is None:
        raise Invalid(fields={name: [_("There is no category “%(slug)s”.") % {"slug": slug}]})
    names = [step.name for step in taxonomy.path_of(slug)]
    return {
        "category_id": taxonomy.category_id(slug),
        "category_path": list(node.path),
        "category_names": names,
    }


def _brand(name: str, value: Any, currency: str) -> Values:
    text, limit = " ".join(str(value or "").replace("\x00", "").split()), rule("listing.brand_max")
    if len(text) > limit:
        raise Invalid(fields={name: [_("At most %(max)d characters.") % {"max": limit}]})
    return {"brand_name": text}  # resolved to a Brand document by the service, which may have to make one


def _colors(name: str, value: Any, currency: str) -> Values:
    codes, limit = list(dict.fromkeys(value or [])), rule("listing.colors_max")
    unknown = [code for code in codes if code not in taxonomy.COLORS]
    if unknown:
        raise Invalid(fields={name: [_("There is no colour “%(code)s”.") % {"code": unknown[0]}]})
    if len(codes) > limit:
        raise Invalid(fields={name: [_("At most %(max)d colours.") % {"max": limit}]})
    return {name: codes}


def _condition(name: str, value: Any, currency: str) -> Values:
    if value and value not in taxonomy.CONDITIONS:
        raise Invalid(fields={name: [_("There is no condition “%(code)s”.") % {"code": value}]})
    return {name: value or ""}


def _flaws(name: str, value: Any, currency: str) -> Values:
    rows, most, longest = list(value or []), rule("listing.flaws_max"), rule("listing.flaw_note_max")
    if len(rows) > most:
        raise Invalid(fields={name: [_("At most %(max)d flaws.") % {"max": most}]})
    flaws = []
    for row in rows:
        kind, place, note = row.get("kind"), row.get("place") or "", str(row.get("note") or "").strip()
        photo_no = row.get("photo_no") or 0
        if kind not in taxonomy.FLAW_KINDS or (place and place not in taxonomy.FLAW_PLACES):
            raise Invalid(fields={name: [_("Choose the kind and place of the flaw from the lists.")]})
        if len(note) > longest:
            raise Invalid(
                fields={name: [_("A note on a flaw has at most %(max)d characters.") % {"max": longest}]}
            )
        if not 0 <= photo_no <= rule("listing.photos_max"):
            raise Invalid(fields={name: [_("There is no photo %(n)d.") % {"n": photo_no}]})
        flaws.append(Flaw(kind=kind, place=place, note=note, photo_no=photo_no))
    return {name: flaws}


def _amount(field: str, minimum: str | None) -> Callable[[str, Any, str], Values]:
    """`field` is what people know it by, `name` the model's; amounts are minor units or None."""

    def clean(name: str, value: Any, currency: str) -> Values:
        if value is None:
            return {name: None}
        low, high = rule(minimum) if minimum else 0, rule("listing.price_max")
        if not isinstance(value, int) or isinstance(value, bool) or currency not in CURRENCIES:
            raise Invalid(fields={field: [_("Type an amount like 25 or 12.50.")]})
        if not low <= value <= high:
            words = {"low": format_money(Money(low, currency)), "high": format_money(Money(high, currency))}
            raise Invalid(fields={field: [_("Between %(low)s and %(high)s.") % words]})
        return {name: value}

    return clean


def _currency(name: str, value: Any, currency: str) -> Values:
    if value not in CURRENCIES:
        raise Invalid(fields={name: [_("Choose one of the currencies in the list.")]})
    return {name: value}


CLEANERS: dict[str, Callable[[str, Any, str], Values]] = {
    "title": _text("listing.title_max"),
    "description": _text("listing.desc_max"),
    "category": _category,
    "brand": _brand,
    "colors": _colors,
    "condition": _condition,
    "flaws": _flaws,
    "price_cents": _amount("price", "listing.price_min"),
    "original_price_cents": _amount("original_price", None),
    "cost_cents": _amount("cost", None),
    "currency": _currency,
    "sku": _text("listing.sku_max"),
}
