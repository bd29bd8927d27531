"""Base of the WebSocket consumers: JSON frames, refusals as frames, close codes."""

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
from marketplace.core.sockets.middleware import TOO_MANY
from marketplace.core.sockets.sessions import Login, session_checker

SESSION_ENDED, TOO_LONG = 4001, 4009  # close codes, with TOO_MANY; docs/api.md lists them
FRAME_CHARACTERS = 8192
VALKEY_ERRORS = (redis.exceptions.RedisError, OSError)
FrameHandler = Callable[[Any, dict[str, Any]], Awaitable[None]]


class Socket(AsyncWebsocketConsumer):
    """A consumer behind SocketMiddleware; subclasses have on_connect, on_disconnect and a handler by type of frame."""

    frame_handlers: ClassVar[Mapping[str, FrameHandler]] = {}
    login: Login

    async def on_connect(self) -> bool:
        """Accepts the connection and joins its groups; False when it has closed it instead."""
        raise NotImplementedError

    async def on_disconnect(self) -> None:
        """Leaves the groups; what Valkey raises is suppressed."""

    async def missed(self, message: dict[str, Any]) -> None:
        """Channel layer message: others since `message["since"]` (epoch, ms) may have been lost."""

    async def person_changed(self, message: dict[str, Any]) -> None:
        """Channel layer message: something of the person behind the connection changed, for those that show it."""

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels' own dispatch hops to a thread for every message to close old SQL connections; MongoDB's are pooled.
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        bind_request_id()
        self.login, self.is_closed = self.scope["login"], False
        if await self.on_connect() and self.login.session_key:
            await self.channel_layer.group_add(person_group(self.login.user.pk), self.channel_name)
            session_checker().add(self)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        # Instead of Channels' own, which hops to a thread once more.
        self.is_closed = True
        session_checker().connections.discard(self)
        with suppress(*VALKEY_ERRORS):
            if self.login.session_key:
                await self.channel_layer.group_discard(person_group(self.login.user.pk), self.channel_name)
            await self.on_disconnect()
        raise StopConsumer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_closed:
            return
        if not self.scope["usage"].spend_frame():
            return await self.close_once(TOO_MANY, "too many frames; wait a moment")
        if text_data is None or len(text_data) > FRAME_CHARACTERS:
            return await self.close_once(
                TOO_LONG, f"a frame has at most {FRAME_CHARACTERS} characters of text"
            )
        try:
            frame = parse_json(text_data)
            handle = self.frame_handlers[frame["type"]]
        except (ValueError, KeyError, TypeError):
            unknown = {"type": "refused", "code": "unknown_frame", "types": sorted(self.frame_handlers)}
            return await self.send_frame(unknown)
        try:
            await handle(self, frame)
        except DomainError as refusal:
            await self.send_frame(_refusal_frame(refusal) | {"key": frame.get("key") or ""})

    async def send_frame(self, frame: Mapping[str, Any]) -> None:
        """Sends one frame to this connection alone."""
        await self.send(json.dumps(frame, ensure_ascii=False))

    async def show(self, message: dict[str, Any]) -> None:
        """Channel layer message: sends `message["text"]`, a frame that was serialised once for the whole group."""
        await self.send(message["text"])

    async def end_session(self, message: dict[str, Any]) -> None:
        """Channel layer message: a session of this person has ended, or all of them ("")."""
        if message["session"] in ("", session_name(self.login.session_key)):
            await self.close_expired()

    async def close_expired(self) -> None:
        """Closes with 4001: the session is gone, the account closed or the password another one."""
        await self.close_once(SESSION_ENDED, "your session has ended")

    async def close_once(self, code: int, reason: str) -> None:
        """Closes the connection with a code, the first time; frames that still come in are not read."""
        if not self.is_closed:
            self.is_closed = True
            with suppress(RuntimeError, asyncio.CancelledError):  # the client has closed it already
                await self.close(code, reason)


def _refusal_frame(refusal: DomainError) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "type": "refused", "code": refusal.code, "message": refusal.text, "fields": refusal.fields,
    }  # fmt: skip
    if "retry_after" in refusal.extra:
        frame["retry_after"] = refusal.extra["retry_after"]
    return frame
