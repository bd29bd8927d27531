"""The thread as a whole: who may see it, what its watchers are told, what a returning one has missed."""

import json
from datetime import datetime, timedelta
from typing import Any

from bson import ObjectId

from accounts.models import User
from listings import services as listings
from listings.models import Listing
from marketplace.core import live
from marketplace.core.db import atomic, on_commit
from marketplace.core.errors import NotAllowed, NotFound
from marketplace.core.rules import rule
from social.fragments import comment_html
from social.models import Comment

MILLISECONDS = timedelta(seconds=1) // timedelta(milliseconds=1)


def thread_group(listing_id: ObjectId) -> str:
    """The name of the group of everybody who watches a listing."""
    return f"listing.{listing_id}"


def frame_of(comment: Comment) -> dict[str, Any]:
    """What a watcher's page needs of a comment: the same for everybody, rendered once."""
    return {
        "type": "comment", "id": str(comment.pk), "revision": comment.revision,
        "changed_at": int(comment.changed_at.timestamp() * MILLISECONDS),
        "html": comment_html(comment),
    }  # fmt: skip


def message_of(frame: dict[str, Any]) -> dict[str, Any]:
    """A frame as the group's message: its text is made here, once, however many watch."""
    return {"type": "show", "text": json.dumps(frame, ensure_ascii=False)}


def show(comment: Comment) -> None:
    """Tells everybody who watches, once the comment is stored."""
    on_commit(lambda: live.send(thread_group(comment.listing_id), message_of(frame_of(comment))))


def replay(*, listing_id: ObjectId, since: datetime) -> list[dict[str, Any]]:
    """Every change a returning watcher may have missed, as frames.

    It goes back further than `since` by `thread.overlap_seconds`, because a comment's time is taken before it is
    stored: one that was slow to commit is older than what the watcher saw last. The page shows each (id, revision)
    once.
    """
    start = since - timedelta(seconds=rule("thread.overlap_seconds"))
    return [frame_of(comment) for comment in Comment.objects.on(listing_id).changed_since(start)]


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
    message = message_of({"type": "lock", "is_locked": is_locked})
    on_commit(lambda: live.send(thread_group(listing.pk), message))
