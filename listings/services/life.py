"""A listing's way through its statuses."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import ask_if_open, require_verified
from listings.errors import ListingIncomplete, StatusRefused
from listings.events import ListingPublished, ListingStatusChanged
from listings.models import MOVES, Listing, Status, Stock, faceted
from listings.services.brands import make_brand
from listings.services.checks import missing_to_publish
from listings.services.drafts import owned
from marketplace.core.db import atomic
from marketplace.core.errors import NotAllowed
from marketplace.core.events import publish
from marketplace.core.ratelimit import limited

SELLER_MAY = frozenset({Status.AVAILABLE, Status.NOT_FOR_SALE, Status.REMOVED})
STAFF_MAY = SELLER_MAY | {Status.SUSPENDED}


@limited("listing", by="actor")
@atomic
def publish_listing(*, actor: User, listing: Listing) -> Listing:
    """Puts a draft up for sale; ListingIncomplete names everything that is missing at once. Twice is once."""
    require_verified(actor)
    current = owned(actor, listing)
    if current.status == Status.AVAILABLE:
        return current
    if current.status != Status.DRAFT:
        raise StatusRefused
    if problems := missing_to_publish(current):
        raise ListingIncomplete(fields=problems)
    brand = make_brand(current.brand_name)
    for name, value in brand.items():
        setattr(current, name, value)
    _move(current, _on_sale(actor, current), published_at=timezone.now(), **brand, **faceted(current))
    publish(ListingPublished(listing_id=current.pk, seller_id=current.seller_id))
    return current


@limited("edit", by="actor")
@atomic
def set_status(*, actor: User, listing: Listing, status: str) -> Listing:
    """The seller takes a listing off sale, puts it back or removes it; staff may also suspend. Twice is once.

    It does not wait for buyers: nobody new can hold a unit from now on, and who holds one may still pay for it
    (docs/stock.md). SOLD and RESERVED are not written by hand. What has been sold out meanwhile comes back as SOLD, and
    what belongs to a closed account as PAUSED.
    """
    current = owned(actor, listing)
    if current.status == status:
        return current
    if status not in SELLER_MAY and not actor.is_staff:
        raise NotAllowed
    if Status.PAUSED in (current.status, status) and status != Status.REMOVED:
        raise NotAllowed  # the account decides that
    if current.status == Status.SUSPENDED and not actor.is_staff and status != Status.REMOVED:
        raise NotAllowed
    if current.status == Status.DRAFT and status == Status.AVAILABLE:
        return publish_listing(actor=actor, listing=current)
    if status not in STAFF_MAY:
        raise StatusRefused
    if status == Status.AVAILABLE and not current.units_open:
        if current.sold_at is None:
            raise ListingIncomplete(fields=missing_to_publish(current))
        status = Status.SOLD
    if status == Status.AVAILABLE:
        status = _on_sale(actor, current)
    _move(current, status)
    publish(ListingStatusChanged(listing_id=current.pk, seller_id=current.seller_id, status=status))
    return current


def remove_listing(*, actor: User, listing: Listing) -> Listing:
    """Takes a listing out of the shop for good; what was said and sold under it stays in the records."""
    return set_status(actor=actor, listing=listing, status=Status.REMOVED)


def _on_sale(actor: User, listing: Listing) -> str:
    """AVAILABLE while the account is open. Of a closed one PAUSED for staff, NotAllowed for anything else."""
    if ask_if_open(user_id=listing.seller_id):
        return Status.AVAILABLE
    if actor.is_staff and listing.status != Status.DRAFT:
        return Status.PAUSED  # it goes on sale when the account is opened again
    raise NotAllowed(_("The seller's account is closed."))


def _move(listing: Listing, status: str, **values: Any) -> None:
    if status not in MOVES[listing.status]:
        raise StatusRefused
    if Status.AVAILABLE in {listing.status, status}:
        # In the same transaction, so a hold comes before all of this or finds nothing for sale.
        Stock.objects.filter(listing_id=listing.pk).update(is_for_sale=status == Status.AVAILABLE)
    values |= {"status": status, "updated_at": timezone.now()}
    # The old status is part of the filter: of two who move it at once, one is refused.
    moved = Listing.objects.filter(pk=listing.pk, status=listing.status)
    if not moved.update(**values, revision=F("revision") + 1):
        raise StatusRefused
    for name, value in values.items():
        setattr(listing, name, value)
    listing.revision += 1
