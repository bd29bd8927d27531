"""Making a draft and changing what a listing says."""

from typing import Any

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from listings.errors import FieldsMoved, ListingChanged, ListingIncomplete, StatusRefused, TooManyDrafts
from listings.events import ListingEdited
from listings.models import EDITABLE, FACETED, Listing, Status, Stock, faceted
from listings.services.brands import brand_values, make_brand
from listings.services.checks import clean_fields, missing_to_publish, prices_disagree
from listings.services.quantities import Sizes, clean_sizes, write_stock
from listings.services.seen import Seen
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.events import publish
from marketplace.core.ratelimit import limited
from marketplace.core.rules import rule


@limited("listing", by="seller")
@atomic
def create_draft(*, seller: User, request_key: str = "", **fields: Any) -> Listing:
    """A new draft with whatever is known so far (nothing is required yet); Invalid for values that break a rule.

    With a `request_key` that made a listing of the seller before, that one as it is now.
    """
    if made := find_made(seller=seller, request_key=request_key):
        return made
    if Listing.objects.from_seller(seller).filter(status=Status.DRAFT).count() >= rule("listing.drafts_max"):
        raise TooManyDrafts
    listing = Listing(
        seller=seller, seller_username=seller.username, seller_name=seller.public_name, seller_avatar=seller.avatar,
        seller_revision=seller.revision, currency=fields.get("currency") or seller.currency,
        request_key=request_key or None,
    )  # fmt: skip
    listing.save(force_insert=True)
    return _apply(listing, fields) if fields else listing


def find_made(*, seller: User, request_key: str) -> Listing | None:
    """The listing that create_draft made of this key before, whatever became of it."""
    made = Listing.objects.from_seller(seller).filter(request_key=request_key)
    return made.first() if request_key else None


def may_be_made_of(*, listing: Listing, **fields: Any) -> bool:
    """Whether the same form made this listing, and not one that was filled in anew: it says nothing else now."""
    if listing.status == Status.REMOVED:
        return False
    try:
        values = Seen.blank(listing.seller.currency).changed(_cleaned(listing, fields), listing)
        sizes = clean_sizes(listing.category_path, fields.get("sizes") or [])
    except FieldsMoved:
        return False
    except Invalid:
        return listing.status == Status.DRAFT  # its page says what is wrong
    there = {row.size_key: (row.size_label, row.total) for row in Stock.objects.of(listing.pk)}
    return listing.status == Status.DRAFT or (not values and sizes == there)


@limited("edit", by="actor")
@atomic
def edit_listing(
    *, actor: User, listing: Listing, revision: int | None = None, seen: Seen | None = None, **fields: Any
) -> Listing:
    """Changes what is given. A draft may be incomplete, anything else must stay fit to sell.

    With `revision` the change is refused (ListingChanged) when somebody changed the listing since that revision. With
    `seen`, what the caller's form showed, only what differs from it is written; FieldsMoved when somebody else has
    changed that meanwhile.
    Quantities among `sizes` are a change against `shown` (see write_stock): StockMoved or SizeInUse when it no longer
    fits what buyers have left.
    """
    current = owned(actor, listing)
    if current.status not in EDITABLE:
        raise StatusRefused
    if revision is not None and revision != current.revision:
        raise ListingChanged
    return _apply(current, fields, seen)


def seen_after(*, listing: Listing, seen: Seen, **fields: Any) -> Seen:
    """What a form shows after edit_listing took these fields of it."""
    return seen.having(_cleaned(listing, fields), listing.currency)


def set_stock(*, actor: User, listing: Listing, sizes: Sizes) -> Listing:
    """Says which sizes there are and how many free units of each: [{"size": "M", "quantity": 2, "shown": …}, ...]."""
    return edit_listing(actor=actor, listing=listing, sizes=list(sizes))


def owned(actor: User, listing: Listing) -> Listing:
    """The listing as it is now, if it is the actor's or the actor is staff; NotFound otherwise."""
    mine = Listing.objects.all() if actor.is_staff else Listing.objects.from_seller(actor)
    current = mine.filter(pk=listing.pk).first()
    if current is None or current.status == Status.REMOVED:
        raise NotFound
    return current


def _cleaned(listing: Listing, fields: dict[str, Any]) -> dict[str, Any]:
    """Values by column of all but the sizes. A brand that nobody has typed before is not made yet."""
    texts = {name: value for name, value in fields.items() if name not in ("sizes", "shown")}
    values = clean_fields(texts, currency=listing.currency)
    return values | brand_values(values["brand_name"]) if "brand_name" in values else values


def _apply(listing: Listing, fields: dict[str, Any], seen: Seen | None = None) -> Listing:
    sizes, shown = fields.get("sizes"), fields.get("shown")
    values = _cleaned(listing, fields)
    if seen is not None:
        values = seen.changed(values, listing)
    if values.get("brand_name") and listing.status != Status.DRAFT:
        values |= make_brand(values["brand_name"])
    for name, value in values.items():
        setattr(listing, name, value)
    if problems := prices_disagree(listing.price_cents, listing.original_price_cents):
        raise Invalid(fields=problems)
    if sizes is not None:
        values["sizes"], added = write_stock(listing, sizes, shown)
        values["units_open"] = F("units_open") + added
        listing.sizes, listing.units_open = values["sizes"], listing.units_open + added
    if FACETED & values.keys():
        values |= faceted(listing)
    if listing.status != Status.DRAFT and (problems := missing_to_publish(listing)):
        raise ListingIncomplete(fields=problems)
    if not values:
        return listing
    now = timezone.now()
    try:
        changed = Listing.objects.filter(pk=listing.pk, revision=listing.revision).update(
            **values, updated_at=now, revision=F("revision") + 1
        )
    except IntegrityError:
        raise Invalid(fields={"sku": [_("Another listing of yours has this SKU.")]}) from None
    if not changed:
        raise ListingChanged
    listing.revision, listing.updated_at = listing.revision + 1, now
    publish(ListingEdited(listing_id=listing.pk, seller_id=listing.seller_id, revision=listing.revision))
    return listing
