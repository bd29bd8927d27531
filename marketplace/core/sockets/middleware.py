"""ASGI middleware of every socket: authentication by the session, and limits of connections."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from marketplace.core import ratelimit
from marketplace.core.client import client_network
from marketplace.core.errors import TooMany
from marketplace.core.sockets.pool import in_pool
from marketplace.core.sockets.sessions import Login, login_of
from marketplace.core.sockets.usage import ADDRESS, PERSON, Usage

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
TOO_MANY = 4008  # close code: too many frames or connections; wait


class SocketMiddleware:
    """Puts `login`, `user` and `usage` into the scope; closes with 4008 where a limit of connections is used up.

    Stands inside Channels' CookieMiddleware.
    """

    def __init__(self, inner: App) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = client_network(scope)
        try:
            login = await in_pool(
                _authenticate, address, scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
            )
            who = [(ADDRESS, address)]
            if login.user.is_authenticated:
                who.append((PERSON, str(login.user.pk)))
            usage = Usage(who)
            usage.open()
        except TooMany as refusal:
            return await _close(send, str(refusal.message))
        try:
            await self.inner({**scope, "login": login, "user": login.user, "usage": usage}, receive, send)
        finally:
            usage.close()


def _authenticate(address: str, session_key: str) -> Login:
    ratelimit.spend("connect_address", address)
    login = login_of(session_key) if session_key else Login(AnonymousUser())
    if login.user.is_authenticated:
        ratelimit.spend("connect", login.user.pk)
    return login


async def _close(send: Send, reason: str) -> None:
    # A page learns the code of a close only once the connection is open.
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": TOO_MANY, "reason": reason})


async def no_such_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers 404 for a path without a socket."""
    await receive()
    if "websocket.http.response" not in scope.get("extensions", {}):
        return await send({"type": "websocket.close"})  # the server makes it a 403
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": 404, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b"There is no socket here.\n"})
