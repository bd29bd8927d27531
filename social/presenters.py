"""What watchers of a thread are sent: frames that are the same for everybody, made once in a process."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from bson import ObjectId
from django.template.loader import render_to_string

from listings.models import Listing
from marketplace.core.sockets import in_pool
from social import services
from social.models import Comment

ROWS_CACHED = 5_000  # in the memory of each process, some 10 MB
ANSWERS_CACHED = 200


def comment_frame(comment: Comment) -> dict[str, Any]:
    """What a watcher's page needs of a comment."""
    return {
        "type": "comment", "id": str(comment.pk), "revision": comment.revision,
        "changed_at": int(comment.changed_at.timestamp() * services.MILLISECONDS),
        "html": _html(comment, comment.revision, comment.author_name, comment.author_avatar),
    }  # fmt: skip


@lru_cache(maxsize=ROWS_CACHED)
def _html(comment: Comment, revision: int, author_name: str, author_avatar: str) -> str:
    # Comments compare by id, so with these three the words are known. When a web process comes back, hundreds of
    # watchers ask for the same few comments within a second.
    return render_to_string("social/comment.html", {"comment": comment})


def as_text(frame: dict[str, Any]) -> str:
    """A frame as it is sent."""
    return json.dumps(frame, ensure_ascii=False)


async def comment_text(comment_id: str, revision: int) -> str:
    """The frame of a comment as text, "" when it is gone; one query a process for all watchers."""
    return await _ANSWERS.get((comment_id, revision), lambda: in_pool(_comment_text, comment_id))


async def missed_texts(listing_id: ObjectId, since: datetime) -> list[str]:
    """What a watcher who saw nothing since then is sent; one query a process for all who lost the same moment."""
    return await _ANSWERS.get((listing_id, since), lambda: in_pool(missed_frames, listing_id, since))


def missed_frames(listing_id: ObjectId, since: datetime) -> list[str]:
    """Every change since then as text, or the word to load the thread again; at last whether it is locked."""
    changes = services.changes_since(listing_id=listing_id, since=since)
    frames = [{"type": "reload"}] if changes is None else [comment_frame(comment) for comment in changes]
    return [as_text(frame) for frame in [*frames, lock_frame(listing_id)]]


def lock_frame(listing_id: ObjectId) -> dict[str, Any]:
    """Whether the conversation is closed."""
    locked = Listing.objects.filter(pk=listing_id).values_list("comments_locked", flat=True).first()
    return {"type": "lock", "is_locked": bool(locked)}


def _comment_text(comment_id: str) -> str:
    comment = Comment.objects.filter(pk=ObjectId(comment_id)).first()
    return as_text(comment_frame(comment)) if comment else ""


class _Answers:
    """The newest answers of each event loop; those who ask while one is being made wait for the same one."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[Any, asyncio.Task[Any]] = OrderedDict()

    async def get(self, key: Any, make: Callable[[], Awaitable[Any]]) -> Any:
        key = (id(asyncio.get_running_loop()), key)
        task = self._tasks.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._tasks[key] = asyncio.ensure_future(make())
            while len(self._tasks) > ANSWERS_CACHED:
                self._tasks.popitem(last=False)
        return await asyncio.shield(task)  # one watcher who leaves does not take the answer from the others


_ANSWERS = _Answers()
