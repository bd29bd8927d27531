"""Units that buyers hold, give back and take; what the seller writes is in services/quantities.py (docs/stock.md)."""

from datetime import timedelta

from bson import ObjectId
from django.db.models import F
from django.utils import timezone

from listings.errors import HoldExpired, ListingUnavailable, StockUnavailable
from listings.events import ListingSold
from listings.models import Listing, Status, Stock
from marketplace.core.db import atomic
from marketplace.core.events import publish
from marketplace.core.rules import rule

HIDDEN = frozenset(
    {Status.SUSPENDED, Status.REMOVED}
)  # selling its last unit does not put these before people


def hold_stock(*, listing: Listing, size_key: str, owner: str, seconds: int | None = None) -> Stock:
    """Sets one unit aside for `owner` (an order's id) for `checkout.hold_seconds`.

    Outside any transaction: one conditional write decides between all who want the last one. Asking again while the
    hold runs changes nothing and succeeds; after it ran out it is refused (HoldExpired) until the unit is given back.
    ListingUnavailable when the listing is not for sale, StockUnavailable when no unit of the size is free.
    """
    now, rows = timezone.now(), Stock.objects.all()
    until = now + timedelta(seconds=rule("checkout.hold_seconds") if seconds is None else seconds)
    of = {"listing_id": listing.pk, "size_key": size_key}
    held = rows.hold(**of, owner=owner, until=until)
    if not held:
        stock = Stock.objects.filter(**of).first()
        if stock is None:
            raise StockUnavailable
        if mine := stock.hold_of(owner):
            if mine.expires_at > now:
                return stock
            raise HoldExpired
        if not stock.is_for_sale:
            raise ListingUnavailable
        # A hold that has run out keeps nobody else away, even when the sweep is late.
        held = bool(rows.release_expired(now, **of)) and rows.hold(**of, owner=owner, until=until)
    if not held:
        raise StockUnavailable
    return Stock.objects.get(**of)


def release_stock(*, listing: Listing, size_key: str, owner: str) -> bool:
    """Gives the owner's unit back to the seller's free ones; False when there was nothing to give back."""
    return Stock.objects.all().release(listing_id=listing.pk, size_key=size_key, owner=owner)


def release_expired_holds() -> int:
    """Gives back the units of everybody who ran out of time; how many."""
    return Stock.objects.all().release_expired(timezone.now())


@atomic
def take_stock(*, listing: Listing, size_key: str, owner: str) -> None:
    """Turns the owner's hold into a sale, whatever has become of the listing meanwhile: the buyer has paid.

    StockUnavailable when the owner's unit was given back. The last unit of all sizes ends the listing.
    """
    if not Stock.objects.all().take(listing_id=listing.pk, size_key=size_key, owner=owner):
        raise StockUnavailable
    if Listing.objects.all().count_sale(listing.pk) == 0:
        _sell_out(listing.pk)


def _sell_out(listing_id: ObjectId) -> None:
    sold, now = Listing.objects.get(pk=listing_id), timezone.now()
    status = sold.status if sold.status in HIDDEN else Status.SOLD
    Listing.objects.filter(pk=listing_id).update(
        status=status, sold_at=now, updated_at=now, revision=F("revision") + 1
    )
    Stock.objects.filter(listing_id=listing_id).update(is_for_sale=False)
    publish(ListingSold(listing_id=sold.pk, seller_id=sold.seller_id))
