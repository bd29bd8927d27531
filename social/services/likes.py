"""Liking a listing and taking it back; doing either twice changes nothing."""

from collections.abc import Iterable
from typing import Any

from bson import ObjectId

from accounts.models import User
from listings.errors import ListingUnavailable
from listings.models import OPEN, Listing
from marketplace.core.db import atomic
from marketplace.core.errors import NotFound
from marketplace.core.events import publish
from marketplace.core.ratelimit import limited
from social.events import ListingLiked, ListingUnliked
from social.models import Like


@limited("like", by="user")
@atomic
def like_listing(*, user: User, listing_id: ObjectId) -> bool:
    """Likes it; False when the person does already. Sold and hidden ones are settled (ListingUnavailable)."""
    status = Listing.objects.all().status_for(user, listing_id)
    if status is None:
        raise NotFound
    if status not in OPEN:
        raise ListingUnavailable
    _like, is_new = Like.objects.get_or_create(listing_id=listing_id, user=user)
    if is_new:
        publish(ListingLiked(listing_id=listing_id, user_id=user.pk))
    return is_new


@limited("like", by="user")
@atomic
def unlike_listing(*, user: User, listing_id: ObjectId) -> bool:
    """Takes the like back; False when there was none."""
    removed, _rows = Like.objects.filter(listing_id=listing_id, user_id=user.pk).delete()
    if removed:
        publish(ListingUnliked(listing_id=listing_id, user_id=user.pk))
    return bool(removed)


def liked_among(*, user: Any, listing_ids: Iterable[ObjectId]) -> set[ObjectId]:
    """Which of these the person likes: one query for a page of cards, none for strangers."""
    ids = list(listing_ids)
    if not ids or not user.is_authenticated:
        return set()
    return set(Like.objects.filter(user_id=user.pk, listing_id__in=ids).values_list("listing_id", flat=True))
