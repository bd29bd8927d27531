"""How listings are put into words and pictures on a page."""

from collections.abc import Sequence
from typing import Any

from django import template

from listings.taxonomy import COLORS, CONDITIONS, FLAW_KINDS, FLAW_PLACES, Color, Condition
from marketplace.core.money import Money

register = template.Library()
HUNDRED = 100


@register.filter
def rendition(photo: Any, name: str) -> str:
    """{{ photo|rendition:"card" }}: the address of one form of a photo; "" until it is rendered."""
    return photo.url(name) if photo else ""


@register.inclusion_tag("components/price.html")
def price(listing: Any, large: bool = False) -> dict[str, Any]:
    """{% price listing %}: the price, and the old one when it was higher."""
    return {"listing": listing, "large": large}


@register.filter
def saving(listing: Any) -> Money | None:
    """What a buyer saves against the original price; None when there is nothing to say."""
    now, before = listing.price_cents, listing.original_price_cents
    if now is None or not before or before <= now:
        return None
    return Money(before - now, listing.currency)


@register.filter
def saving_percent(listing: Any) -> int:
    """The saving in whole percent of the original price."""
    return (listing.original_price_cents - listing.price_cents) * HUNDRED // listing.original_price_cents


@register.filter
def sizes_line(sizes: Sequence[str]) -> str:
    """One size as it is, several as the first and how many more: "M", "S +2"."""
    return str(sizes[0]) if len(sizes) < 2 else f"{sizes[0]} +{len(sizes) - 1}"


@register.filter
def condition_words(code: str) -> Condition | None:
    """The condition with the sentence that says what it promises."""
    return CONDITIONS.get(code)


@register.filter
def color_words(codes: Sequence[str]) -> list[Color]:
    """The colours of a listing with their names and values."""
    return [COLORS[code] for code in codes if code in COLORS]


@register.filter
def flaw_words(flaw: Any) -> str:
    """A flaw as one would say it: "Stain, cuff: faint, only in sunlight"."""
    names = [FLAW_KINDS[flaw.kind].title] if flaw.kind in FLAW_KINDS else []
    if flaw.place in FLAW_PLACES:
        names.append(FLAW_PLACES[flaw.place].title.lower())
    return ": ".join(filter(None, (", ".join(names), flaw.note)))


@register.filter
def hex_id(listing: Any) -> str:
    """The id as text, for addresses inside a page."""
    return str(listing.pk)


@register.filter
def photo_states(photos: Sequence[Any]) -> str:
    """How each photo stands, a letter each: what a cached part shows of them beside the listing's revision."""
    return "".join("r" if photo.is_ready else "e" if photo.error else "p" for photo in photos)
