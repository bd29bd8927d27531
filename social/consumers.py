"""The live thread: reading for everybody who may see the listing, writing through the same service as every door."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from django.utils.translation import gettext as _

from accounts.models import User
from listings.models import Listing
from marketplace.core.sockets import Socket, in_pool
from marketplace.core.sockets.consumer import VALKEY_ERRORS
from social import presence, presenters, services
from social.errors import CommentInvalid, LoginNeeded
from social.models import Comment

NOT_FOUND = 4004  # close code that the page's script knows


class ThreadConsumer(Socket):
    """One socket on one listing. Frames are JSON objects with a `type`; docs/api.md lists them."""

    async def on_connect(self) -> bool:
        self.listing_id: ObjectId = self.scope["url_route"]["kwargs"]["pk"]
        self.group = ""
        if not await in_pool(_may_see, self.login.user, self.listing_id):
            await self.accept()
            await self.close_once(NOT_FOUND, "there is no such listing for you")
            return False
        self.group = services.thread_group(self.listing_id)
        # Join first, replay afterwards: what happens in between comes twice and is shown once.
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self._heartbeat()
        return True

    async def on_disconnect(self) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)
            await presence.leave(self.group, self.channel_name)
            await self._announce()

    async def hello(self, frame: dict[str, Any]) -> None:
        """A watcher says what it saw last (`since`, milliseconds) and gets every change from a little before that."""
        if not await in_pool(_may_see, self.login.user, self.listing_id):  # taken out of the shop since
            return await self.close_once(NOT_FOUND, "there is no such listing for you")
        since = frame.get("since")
        if isinstance(since, int | float) and 0 < since < time.time() * 2000:
            moment = datetime.fromtimestamp(since / 1000, UTC)
            for text in await in_pool(presenters.missed_frames, self.listing_id, moment):
                await self.send(text)
        await self.send_frame({"type": "caught_up"})

    async def missed(self, message: dict[str, Any]) -> None:
        moment = datetime.fromtimestamp(message["since"] / 1000, UTC)
        for text in await presenters.missed_texts(self.listing_id, moment):
            await self.send(text)

    async def comment(self, frame: dict[str, Any]) -> None:
        """Posts a comment; the poster sees it as everybody does, and `accepted` with the key that it was sent under."""
        body, key = frame.get("body") or "", frame.get("key") or ""
        if wrong := [
            name for name, value in (("body", body), ("request_key", key)) if not isinstance(value, str)
        ]:
            raise CommentInvalid(fields={name: [_("Not a string.")] for name in wrong})
        comment = await in_pool(_post, self.login.user, self.listing_id, body, key)
        await self.send_frame({"type": "accepted", "key": key, "id": str(comment.pk)})

    async def typing(self, frame: dict[str, Any]) -> None:
        """Tells the others; a visitor's is not told."""
        user = self.login.user
        if user.is_authenticated:
            told = {"type": "typing", "username": user.username, "name": user.public_name}
            with suppress(*VALKEY_ERRORS):
                await self.channel_layer.group_send(self.group, _message(told))

    async def here(self, frame: dict[str, Any]) -> None:
        """A sign of life, so that the watcher goes on being counted."""
        await self._heartbeat()

    async def show_comment(self, message: dict[str, Any]) -> None:
        """A comment was posted, changed or removed."""
        if text := await presenters.comment_text(message["id"], message["revision"]):
            await self.send(text)

    async def show_lock(self, message: dict[str, Any]) -> None:
        """The conversation was closed or opened."""
        await self.send_frame({"type": "lock", "is_locked": message["is_locked"]})

    async def _heartbeat(self) -> None:
        with suppress(*VALKEY_ERRORS):
            await presence.watch(self.group, self.channel_name)
            await self._announce()

    async def _announce(self) -> None:
        # The first of a burst tells everybody, at the end of the burst: never n times n messages.
        if await presence.may_announce(self.group):
            task = asyncio.create_task(_tell_watching(self.channel_layer, self.group))
            PENDING.add(task)
            task.add_done_callback(PENDING.discard)

    frame_handlers = {"hello": hello, "comment": comment, "typing": typing, "here": here}


def _may_see(user: Any, listing_id: ObjectId) -> bool:
    return Listing.objects.visible_to(user).filter(pk=listing_id).exists()


def _post(user: Any, listing_id: ObjectId, body: str, key: str) -> Comment:
    # As they are now: an account may have been closed since the socket opened.
    person = User.objects.active().filter(pk=user.pk).first() if user.is_authenticated else None
    if person is None:
        raise LoginNeeded
    return services.post_comment(author=person, listing_id=ObjectId(listing_id), body=body, request_key=key)


def _message(frame: dict[str, Any]) -> dict[str, Any]:
    return {"type": "show", "text": presenters.as_text(frame)}


async def _tell_watching(layer: Any, group: str) -> None:
    await asyncio.sleep(presence.BROADCAST_MS / 1000)
    with suppress(*VALKEY_ERRORS):
        count = await presence.watching(group)
        await layer.group_send(group, _message({"type": "watching", "count": count}))


PENDING: set[asyncio.Task] = set()
