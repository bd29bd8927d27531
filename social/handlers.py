"""How social reacts: counts, late by at most a second, and the names on what was said."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from bson import ObjectId

from accounts.events import ProfileChanged
from listings import services as listings
from marketplace.core.events import on
from social import services
from social.events import CommentPosted, CommentRemoved, ListingLiked, ListingUnliked
from social.models import Comment, Like


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


def comments_since(since: datetime) -> Iterator[CommentPosted]:
    """Every comment since then, for a replay; removed ones too, so that their news goes."""
    found = Comment.objects.filter(pk__gte=ObjectId.from_datetime(since)).order_by("pk")
    return (comment.announcement() for comment in found.iterator())


def likes_since(since: datetime) -> Iterator[ListingLiked]:
    """Every like since then that still is one, for a replay."""
    found = Like.objects.filter(pk__gte=ObjectId.from_datetime(since)).order_by("pk")
    return (like.announcement() for like in found.iterator())


@on(CommentPosted, CommentRemoved, replay=comments_since)
def tell_of_comments(events: list[CommentPosted | CommentRemoved]) -> None:
    """Tells sellers and those who are mentioned; of a removed comment nothing is left (it reads how things are now)."""
    services.tell_about_comments(comment_ids=list(dict.fromkeys(event.comment_id for event in events)))


@on(ListingLiked, ListingUnliked, replay=likes_since)
def tell_of_likes(events: list[ListingLiked | ListingUnliked]) -> None:
    """Tells sellers, one entry a listing (it reads how things are now)."""
    services.tell_about_likes(
        pairs=list(dict.fromkeys((event.listing_id, event.user_id) for event in events))
    )


def _add(count: str, events: list, adds: type) -> None:
    steps: Counter[ObjectId] = Counter()
    for event in events:
        steps[event.listing_id] += 1 if isinstance(event, adds) else -1
    deltas: dict[ObjectId, dict[str, int]] = defaultdict(dict)
    for listing_id, step in steps.items():
        deltas[listing_id][count] = step
    listings.add_to_counts(deltas=deltas)
