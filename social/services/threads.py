"""The thread as a whole: who may see it, what its watchers are told, what a returning one has missed."""

from datetime import datetime, timedelta

from bson import ObjectId

from accounts.models import User
from listings import services as listings
from listings.models import Listing
from marketplace.core import live
from marketplace.core.db import atomic, on_commit
from marketplace.core.errors import NotAllowed, NotFound
from marketplace.core.ratelimit import limited
from marketplace.core.rules import rule
from social.models import Comment

MILLISECONDS = timedelta(seconds=1) // timedelta(milliseconds=1)


def thread_group(listing_id: ObjectId) -> str:
    """The name of the group of everybody who watches a listing."""
    return f"listing.{listing_id}"


def announce_comment(comment: Comment) -> None:
    """Tells the doors that show the thread live that this revision is there, once it is stored."""
    message = {"type": "show_comment", "id": str(comment.pk), "revision": comment.revision}
    on_commit(lambda: live.send(thread_group(comment.listing_id), message))


def changes_since(*, listing_id: ObjectId, since: datetime) -> list[Comment] | None:
    """Every change a returning watcher may have missed; None when there are more than `thread.replay_max`.

    It goes back further than `since` by `thread.overlap_seconds`, because a comment's time is taken before it is
    stored: one that was slow to commit is older than what the watcher saw last. The page shows each (id, revision)
    once.
    """
    start, limit = since - timedelta(seconds=rule("thread.overlap_seconds")), rule("thread.replay_max")
    changes = list(Comment.objects.on(listing_id).changed_since(start)[: limit + 1])
    return None if len(changes) > limit else changes


@limited("edit", by="actor")
def lock_thread(*, actor: User, listing: Listing) -> None:
    """Closes the conversation; what was said stays. The seller and staff may."""
    _set_lock(actor, listing, True)


def unlock_thread(*, actor: User, listing: Listing) -> None:
    """Opens it again."""
    _set_lock(actor, listing, False)


@atomic
def _set_lock(actor: User, listing: Listing, is_locked: bool) -> None:
    if not Listing.objects.visible_to(actor).filter(pk=listing.pk).exists():
        raise NotFound
    if actor.pk != listing.seller_id and not actor.is_staff:
        raise NotAllowed
    listings.lock_comments(listing=listing, is_locked=is_locked)
    message = {"type": "show_lock", "is_locked": is_locked}
    on_commit(lambda: live.send(thread_group(listing.pk), message))
