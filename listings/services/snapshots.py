"""What a listing shows of its seller and its brand, brought up to date when they change.

Outside any transaction, batch by batch: run again it goes on with what is left, and of two runs at once the newer name
stays, because a snapshot is only replaced by one of a later revision.
"""

from typing import Any

from bson import ObjectId
from django.db.models import F, QuerySet

from accounts.models import User
from listings.events import ListingEdited
from listings.models import Brand, Listing, Status
from marketplace.core.db import atomic
from marketplace.core.events import publish_all
from marketplace.core.snapshots import refresh_snapshots


def refresh_seller(*, user_id: ObjectId) -> int:
    """Writes the seller's present name and avatar onto their listings that have older ones; how many."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return 0
    values = {
        "seller_username": user.username, "seller_name": user.public_name, "seller_avatar": user.avatar,
    }  # fmt: skip
    stale = Listing.objects.filter(seller_id=user_id)
    return refresh_snapshots(stale, field="seller_revision", revision=user.revision, values=values)


def refresh_brand(*, brand_id: ObjectId) -> int:
    """Writes the brand's present name onto the listings that have an older one; how many."""
    brand = Brand.objects.filter(pk=brand_id).first()
    if brand is None:
        return 0
    # What a listing says has changed, so it is a new revision, and those who react to edits hear of it.
    values = {"brand_name": brand.name, "revision": F("revision") + 1}
    stale = Listing.objects.of_brand(brand.slug)
    return refresh_snapshots(
        stale, field="brand_revision", revision=brand.revision, values=values, write=_rewrite
    )


@atomic
def _rewrite(rows: QuerySet, values: dict[str, Any]) -> int:
    edited = list(rows.exclude(status=Status.DRAFT).values_list("pk", "seller_id", "revision"))
    publish_all(
        ListingEdited(listing_id=pk, seller_id=seller_id, revision=revision + 1)
        for pk, seller_id, revision in edited
    )
    return rows.update(**values)
