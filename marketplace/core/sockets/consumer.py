"""A connection that speaks JSON frames."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar

import redis.exceptions
from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from marketplace.core.errors import DomainError
from marketplace.core.json_input import parse_json
from marketplace.core.live import person_group, session_name
from marketplace.core.logs import bind_request_id
from marketplace.core.sockets.gate import TOO_MANY
from marketplace.core.sockets.sessions import Login, watch

SESSION_ENDED, TOO_LONG = 4001, 4009  # close codes, with TOO_MANY; docs/api.md lists them
FRAME_CHARACTERS = 8192
VALKEY_AWAY = (redis.exceptions.RedisError, OSError)
Act = Callable[[Any, dict[str, Any]], Awaitable[None]]


class Socket(AsyncWebsocketConsumer):
    """A live connection behind the Gate. Subclasses name the frames they take in `acts`, and open and close."""

    acts: ClassVar[Mapping[str, Act]] = {}
    login: Login

    async def open(self) -> bool:
        """Prepares what the connection is for; False when it has closed the connection instead."""
        raise NotImplementedError

    async def left(self) -> None:
        """The connection has ended; Valkey may be away."""

    async def missed(self, message: dict[str, Any]) -> None:
        """Messages since `message["since"]` (milliseconds) may have been lost while Valkey was away."""

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels' own dispatch hops to a thread for every message to close old SQL connections; MongoDB's are pooled.
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        bind_request_id()
        self.login, self.is_over = self.scope["login"], False
        if await self.open() and self.login.session_key:
            await self.channel_layer.group_add(person_group(self.login.user.pk), self.channel_name)
            watch().add(self)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        # Instead of Channels' own, which hops to a thread once more.
        self.is_over = True
        watch().connections.discard(self)
        with suppress(*VALKEY_AWAY):
            if self.login.session_key:
                await self.channel_layer.group_discard(person_group(self.login.user.pk), self.channel_name)
            await self.left()
        raise StopConsumer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_over:
            return
        if not self.scope["usage"].spend_frame():
            return await self.finish(TOO_MANY, "too many frames; wait a moment")
        if text_data is None or len(text_data) > FRAME_CHARACTERS:
            return await self.finish(TOO_LONG, f"a frame has at most {FRAME_CHARACTERS} characters of text")
        try:
            frame = parse_json(text_data)
            act = self.acts[frame["type"]]
        except (ValueError, KeyError, TypeError):
            return await self.tell({"type": "refused", "code": "unknown_frame", "types": sorted(self.acts)})
        try:
            await act(self, frame)
        except DomainError as refusal:
            await self.tell(_refusal_frame(refusal) | {"key": frame.get("key") or ""})

    async def tell(self, frame: Mapping[str, Any]) -> None:
        """Sends one frame to this connection alone."""
        await self.send(json.dumps(frame, ensure_ascii=False))

    async def show(self, message: dict[str, Any]) -> None:
        """Hands on what a group is told: text that was made once for all."""
        await self.send(message["text"])

    async def end_session(self, message: dict[str, Any]) -> None:
        """A session of this person has ended; "" means all of them."""
        if message["session"] in ("", session_name(self.login.session_key)):
            await self.end()

    async def end(self) -> None:
        """Closes because the login no longer holds."""
        await self.finish(SESSION_ENDED, "your session has ended")

    async def finish(self, code: int, reason: str) -> None:
        """Closes the connection once; what still comes in is not read."""
        if not self.is_over:
            self.is_over = True
            with suppress(RuntimeError, asyncio.CancelledError):  # the other side was faster
                await self.close(code, reason)


def _refusal_frame(refusal: DomainError) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "type": "refused", "code": refusal.code, "message": refusal.text, "fields": refusal.fields,
    }  # fmt: skip
    if "retry_after" in refusal.extra:
        frame["retry_after"] = refusal.extra["retry_after"]
    return frame
