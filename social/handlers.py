"""How social reacts: counts, late by at most a second, and the names on what was said."""

from collections import Counter, defaultdict

from bson import ObjectId

from accounts.events import ProfileChanged
from listings import services as listings
from marketplace.core.events import on
from social import services
from social.events import CommentPosted, CommentRemoved, ListingLiked, ListingUnliked


@on(CommentPosted, CommentRemoved)
def count_comments(events: list[CommentPosted | CommentRemoved]) -> None:
    """Adds up what a batch means for each listing: one write a listing."""
    _add("comment_count", events, CommentPosted)


@on(ListingLiked, ListingUnliked)
def count_likes(events: list[ListingLiked | ListingUnliked]) -> None:
    """Adds up what a batch means for each listing: one write a listing."""
    _add("like_count", events, ListingLiked)


@on(ProfileChanged, external=True)
def refresh_author_snapshots(events: list[ProfileChanged]) -> None:
    """Writes a person's new name and avatar onto what they said (idempotent: it reads how the person is now)."""
    for user_id in dict.fromkeys(event.user_id for event in events):
        services.refresh_author(user_id=user_id)


def _add(count: str, events: list, adds: type) -> None:
    steps: Counter[ObjectId] = Counter()
    for event in events:
        steps[event.listing_id] += 1 if isinstance(event, adds) else -1
    deltas: dict[ObjectId, dict[str, int]] = defaultdict(dict)
    for listing_id, step in steps.items():
        deltas[listing_id][count] = step
    listings.add_to_counts(deltas=deltas)
