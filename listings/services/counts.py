"""Facts that apps above report downwards, and the snapshot of the seller."""

from collections.abc import Mapping

from bson import ObjectId

from accounts.models import User
from listings.models import Listing

COUNTS = frozenset({"like_count", "comment_count", "share_count", "view_count"})
Deltas = Mapping[ObjectId, Mapping[str, int]]


def add_to_counts(*, deltas: Deltas) -> None:
    """Adds to the counts of many listings: {listing id: {"like_count": 2}}; one write a listing, none for 0.

    Called by batched handlers, whose transaction it joins. It does not touch `revision`: counts are not edits.
    """
    steps: dict[ObjectId, dict[str, int]] = {}
    for listing_id, delta in deltas.items():
        unknown = delta.keys() - COUNTS
        if unknown:
            raise ValueError(f"not a count of a listing: {sorted(unknown)}")
        if changed := {name: step for name, step in delta.items() if step}:
            steps[listing_id] = changed
    Listing.objects.all().increment_each(steps)


def lock_comments(*, listing: Listing, is_locked: bool) -> None:
    """Notes whether the listing's conversation is closed; not an edit of the listing."""
    Listing.objects.filter(pk=listing.pk).update(comments_locked=is_locked)


def refresh_seller(*, user_id: ObjectId) -> int:
    """Writes the seller's present name and avatar onto all their listings; how many changed. Safe to run twice."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return 0
    return Listing.objects.from_seller(user).update(
        seller_username=user.username, seller_name=user.public_name, seller_avatar=user.avatar
    )
