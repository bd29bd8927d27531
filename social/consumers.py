"""The live thread: reading for everybody who may see the listing, writing through the same service as every door."""

import asyncio
import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import redis.exceptions
from bson import ObjectId
from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from accounts.models import User
from listings.models import Listing
from marketplace.core.errors import DomainError
from marketplace.core.logs import bind_request_id
from marketplace.core.rules import rule
from social import presence, services
from social.errors import LoginNeeded

NOT_FOUND, FLOODING, TOO_LONG = 4004, 4008, 4009  # close codes that the page's script knows
FRAME_BYTES = 8192
VALKEY_AWAY = (redis.exceptions.RedisError, OSError)


class ThreadConsumer(AsyncWebsocketConsumer):
    """One socket on one listing. Frames are JSON objects with a `type`; docs/api.md lists them."""

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels' own dispatch hops to a thread for every message to close old SQL connections; MongoDB's are pooled.
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        bind_request_id()
        self.listing_id = self.scope["url_route"]["kwargs"]["pk"]
        self.group, self.window_start, self.frames, self.announcing = "", 0.0, 0, None
        if not await self._may_see():
            await self.accept()
            return await self.close(NOT_FOUND, "there is no such listing for you")
        self.group = services.thread_group(self.listing_id)
        # Join first, replay afterwards: what happens in between comes twice and is shown once.
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self._heartbeat()

    async def disconnect(self, code: int) -> None:
        if self.group:
            with suppress(*VALKEY_AWAY):
                await self.channel_layer.group_discard(self.group, self.channel_name)
                await presence.leave(self.group, self.channel_name)
                await self._announce()
        raise StopConsumer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._is_flooding():
            return await self.close(FLOODING, "too many frames; wait a moment")
        if text_data is None or len(text_data) > FRAME_BYTES:
            return await self.close(TOO_LONG, f"a frame has at most {FRAME_BYTES} characters of text")
        try:
            frame = json.loads(text_data)
            act = ACTS[frame["type"]]
        except (ValueError, KeyError, TypeError):
            return await self._send({"type": "refused", "code": "unknown_frame", "types": sorted(ACTS)})
        await act(self, frame)

    async def hello(self, frame: dict[str, Any]) -> None:
        """A watcher says what it saw last (`since`, milliseconds) and gets every change from a little before that."""
        since = frame.get("since")
        if isinstance(since, int | float) and 0 < since < time.time() * 2000:
            moment = datetime.fromtimestamp(since / 1000, UTC)
            frames = await database_sync_to_async(services.replay)(listing_id=self.listing_id, since=moment)
            for missed in frames:
                await self._send(missed)
        await self._send({"type": "caught_up"})

    async def comment(self, frame: dict[str, Any]) -> None:
        """Posts a comment; the poster sees it as everybody does, and `accepted` with the key that it was sent under."""
        key = str(frame.get("key") or "")
        try:
            comment = await self._post(str(frame.get("body") or ""), key)
            await self._send({"type": "accepted", "key": key, "id": str(comment.pk)})
        except DomainError as refusal:
            refused = {
                "type": "refused",
                "code": refusal.code,
                "message": refusal.text,
                "fields": refusal.fields,
                "key": key,
            }
            await self._send(
                refused | {name: refusal.extra[name] for name in ("retry_after",) if name in refusal.extra}
            )

    async def typing(self, frame: dict[str, Any]) -> None:
        user = self.scope["user"]
        if user.is_authenticated:
            told = {"type": "typing", "username": user.username, "name": user.public_name}
            with suppress(*VALKEY_AWAY):
                await self.channel_layer.group_send(self.group, services.message_of(told))

    async def here(self, frame: dict[str, Any]) -> None:
        """A sign of life, so that the watcher goes on being counted."""
        await self._heartbeat()

    async def show(self, message: dict[str, Any]) -> None:
        """Hands on what the group is told: text that was made once for all."""
        await self.send(message["text"])

    async def _heartbeat(self) -> None:
        with suppress(*VALKEY_AWAY):
            await presence.watch(self.group, self.channel_name)
            await self._announce()

    async def _announce(self) -> None:
        # The first of a burst tells everybody, at the end of the burst: never n times n messages.
        if await presence.may_announce(self.group):
            layer, group = self.channel_layer, self.group
            self.announcing = asyncio.create_task(_tell_watching(layer, group))
            PENDING.add(self.announcing)
            self.announcing.add_done_callback(PENDING.discard)

    def _is_flooding(self) -> bool:
        now = time.monotonic()
        if now - self.window_start > rule("limit.socket.seconds"):
            self.window_start, self.frames = now, 0
        self.frames += 1
        return self.frames > rule("limit.socket.count")

    async def _send(self, frame: dict[str, Any]) -> None:
        await self.send(json.dumps(frame, ensure_ascii=False))

    @database_sync_to_async
    def _may_see(self) -> bool:
        return Listing.objects.visible_to(self.scope["user"]).filter(pk=self.listing_id).exists()

    @database_sync_to_async
    def _post(self, body: str, key: str) -> Any:
        user = self.scope["user"]
        # As they are now: an account may have been closed since the socket opened.
        person = User.objects.active().filter(pk=user.pk).first() if user.is_authenticated else None
        if person is None:
            raise LoginNeeded
        return services.post_comment(
            author=person, listing=Listing(pk=ObjectId(self.listing_id)), body=body, request_key=key
        )


async def _tell_watching(layer: Any, group: str) -> None:
    await asyncio.sleep(presence.BROADCAST_MS / 1000)
    with suppress(*VALKEY_AWAY):
        count = await presence.watching(group)
        await layer.group_send(group, services.message_of({"type": "watching", "count": count}))


PENDING: set[asyncio.Task] = set()
ACTS = {
    "hello": ThreadConsumer.hello, "comment": ThreadConsumer.comment, "typing": ThreadConsumer.typing,
    "here": ThreadConsumer.here,
}  # fmt: skip
