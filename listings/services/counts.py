"""Facts that apps above report downwards."""

from collections.abc import Mapping

from bson import ObjectId

from listings.events import LikeCountChanged
from listings.models import Listing
from marketplace.core.db import atomic
from marketplace.core.events import publish_all

COUNTS = frozenset({"like_count", "comment_count"})
Deltas = Mapping[ObjectId, Mapping[str, int]]


@atomic
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
    publish_all(LikeCountChanged(listing_id=pk) for pk, step in steps.items() if "like_count" in step)


def lock_comments(*, listing: Listing, is_locked: bool) -> None:
    """Notes whether the listing's conversation is closed; not an edit of the listing."""
    Listing.objects.filter(pk=listing.pk).update(comments_locked=is_locked)
