"""What happens to a seller's listings when the account closes and opens."""

from bson import ObjectId
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from listings.events import ListingStatusChanged
from listings.models import Listing, Status, Stock
from marketplace.core.db import atomic
from marketplace.core.events import BATCH, publish_all


@atomic
def follow_account(*, user_id: ObjectId) -> int:
    """Pauses what a closed account has for sale, or puts back what was paused; how many. Safe to run twice.

    Holds stay: a buyer who is paying when the account closes still gets the unit.
    """
    is_open = User.objects.active().filter(pk=user_id).exists()
    before, after = (Status.PAUSED, Status.AVAILABLE) if is_open else (Status.AVAILABLE, Status.PAUSED)
    ids = list(Listing.objects.filter(seller_id=user_id, status=before).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        Listing.objects.filter(pk__in=some, status=before).update(
            status=after, updated_at=timezone.now(), revision=F("revision") + 1
        )
        Stock.objects.filter(listing_id__in=some).update(is_for_sale=after == Status.AVAILABLE)
        publish_all(ListingStatusChanged(listing_id=pk, seller_id=user_id, status=after) for pk in some)
    return len(ids)
