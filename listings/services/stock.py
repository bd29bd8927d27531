"""Units of a listing: what the seller has, who holds one, who took it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from listings import taxonomy
from listings.errors import ListingUnavailable, SizeInUse, StockUnavailable
from listings.models import Listing, Status, Stock
from marketplace.core.errors import Invalid
from marketplace.core.rules import rule

Sizes = Iterable[Mapping[str, Any]]


def hold_stock(*, listing: Listing, size_key: str, owner: str, seconds: int | None = None) -> Stock:
    """Sets one unit aside for `owner` (an order's id) for `checkout.hold_seconds`; StockUnavailable when none is left.

    Outside any transaction: one conditional write decides between all who want the last one. Asking again with the
    same owner changes nothing and succeeds.
    """
    status = Listing.objects.filter(pk=listing.pk).values_list("status", flat=True).first()
    if status != Status.AVAILABLE:
        raise ListingUnavailable
    until = timezone.now() + timedelta(seconds=rule("checkout.hold_seconds") if seconds is None else seconds)
    wanted = {"listing_id": listing.pk, "size_key": size_key, "owner": owner}
    if not Stock.objects.all().hold(**wanted, until=until) and not Stock.objects.all().holder(**wanted):
        raise StockUnavailable
    return Stock.objects.get(listing_id=listing.pk, size_key=size_key)


def release_stock(*, listing: Listing, size_key: str, owner: str) -> bool:
    """Gives the owner's unit back to everybody; False when there was nothing to give back."""
    return Stock.objects.all().release(listing_id=listing.pk, size_key=size_key, owner=owner)


def release_expired_holds() -> int:
    """Gives back the units of everybody who ran out of time; how many."""
    return Stock.objects.all().release_expired(timezone.now())


def write_stock(listing: Listing, sizes: Sizes) -> list[str]:
    """Makes the Stock documents say `sizes`, inside the caller's transaction; the labels in order.

    Invalid names a size or quantity out of bounds; SizeInUse when a size that goes away is held by a buyer.
    """
    wanted = clean_sizes(listing.category_path, sizes)
    existing = {row.size_key: row for row in Stock.objects.of(listing.pk)}
    for key in existing.keys() - wanted.keys():
        if existing[key].holds:
            raise SizeInUse
        Stock.objects.filter(pk=existing[key].pk).delete()
    for position, (key, (label, quantity)) in enumerate(wanted.items()):
        values = {"size_label": label, "quantity": quantity, "position": position}
        if key in existing:
            Stock.objects.filter(pk=existing[key].pk).update(**values)
        else:
            Stock.objects.create(listing=listing, size_key=key, **values)
    return [label for label, _quantity in wanted.values()]


def clean_sizes(category_path: list[str], sizes: Sizes) -> dict[str, tuple[str, int]]:
    """{size key: (label, quantity)} of what a caller gave; Invalid(sizes) names what breaks a rule."""
    found: dict[str, tuple[str, int]] = {}
    longest, most, pieces = (
        rule(f"listing.{name}") for name in ("size_label_max", "sizes_max", "quantity_max")
    )
    for row in sizes:
        text, quantity = str(row.get("size") or "").strip(), row.get("quantity", 1)
        if not text or len(text) > longest:
            raise Invalid(fields={"sizes": [_("A size has 1 to %(max)d characters.") % {"max": longest}]})
        if not isinstance(quantity, int) or isinstance(quantity, bool) or not 0 <= quantity <= pieces:
            raise Invalid(
                fields={"sizes": [_("Between 0 and %(max)d pieces of each size.") % {"max": pieces}]}
            )
        known = taxonomy.size_in_category(category_path, text)
        # A size of the seller's own is kept apart by its prefix, so it never matches a size filter by chance.
        key, label = (
            (known.key, known.label) if known else (f"own-{slugify(text) or text.encode().hex()}", text)
        )
        if key in found:
            raise Invalid(fields={"sizes": [_("The size %(size)s is there twice.") % {"size": label}]})
        found[key] = (label, quantity)
    if len(found) > most:
        raise Invalid(fields={"sizes": [_("At most %(max)d sizes.") % {"max": most}]})
    return found
