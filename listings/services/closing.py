"""What happens to a seller's listings when the account closes and opens."""

from bson import ObjectId
from django.db.models import F
from django.utils import timezone

from accounts.services import ask_if_open
from listings.events import ListingStatusChanged
from listings.models import Listing, Status, Stock
from marketplace.core.db import atomic
from marketplace.core.events import BATCH, publish_all


def follow_account(*, user_id: ObjectId) -> int:
    """Pauses what a closed account has for sale, or puts back what was paused; how many. Safe to run twice.

    Batch by batch, each its own transaction: a like of one of 10,000 listings holds up 200. Run again it goes on with
    what is left. Holds stay: a buyer who is paying when the account closes still gets the unit.
    """
    done = 0
    while moved := _follow(user_id):
        done += moved
    return done


@atomic
def _follow(user_id: ObjectId) -> int:
    is_open = ask_if_open(user_id=user_id)  # asked for each batch: the account may be opened again meanwhile
    before, after = (Status.PAUSED, Status.AVAILABLE) if is_open else (Status.AVAILABLE, Status.PAUSED)
    found = Listing.objects.filter(seller_id=user_id, status=before)
    ids = list(found.newest().values_list("pk", flat=True)[:BATCH])
    if ids:
        Listing.objects.filter(pk__in=ids, status=before).update(
            status=after, updated_at=timezone.now(), revision=F("revision") + 1
        )
        Stock.objects.filter(listing_id__in=ids).update(is_for_sale=after == Status.AVAILABLE)
        publish_all(ListingStatusChanged(listing_id=pk, seller_id=user_id, status=after) for pk in ids)
    return len(ids)
