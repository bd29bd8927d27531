"""Liking a listing and taking it back; doing either twice changes nothing."""

from collections.abc import Iterable
from typing import Any

from bson import ObjectId

from accounts.models import User
from listings.errors import ListingUnavailable
from listings.models import Listing
from marketplace.core.db import atomic, single_write
from marketplace.core.errors import NotFound
from marketplace.core.events import publish
from marketplace.core.ratelimit import limited
from social.events import ListingUnliked
from social.models import Like


@limited("like", by="user")
@single_write
def like_listing(*, user: User, listing_id: ObjectId) -> bool:
    """Likes it; False when the person does already. Sold and hidden ones are settled (ListingUnavailable)."""
    listing = Listing.objects.all().find_visible(user, listing_id, only=["status"])
    if listing is None:
        raise NotFound
    if not listing.is_open:
        raise ListingUnavailable
    return Like.objects.all().insert_new(Like(listing_id=listing_id, user_id=user.pk))  # it announces itself


@limited("like", by="user")
@atomic
def unlike_listing(*, user: User, listing_id: ObjectId) -> bool:
    """Takes the like back; False when there was none."""
    like = Like.objects.filter(listing_id=listing_id, user_id=user.pk).first()
    # As it was read: when the relay announces it at this moment, this starts over.
    if like is None or not Like.objects.filter(pk=like.pk, is_announced=like.is_announced).delete()[0]:
        return False
    if (
        like.is_announced is not False
    ):  # else nobody has heard of it; older releases stored no flag and did announce
        publish(ListingUnliked(listing_id=listing_id, user_id=user.pk))
    return True


def liked_among(*, user: Any, listing_ids: Iterable[ObjectId]) -> set[ObjectId]:
    """Which of these the person likes: one query for a page of cards, none for visitors."""
    ids = list(listing_ids)
    if not ids or not user.is_authenticated:
        return set()
    return Like.objects.all().among(user_id=user.pk, listing_ids=ids)
