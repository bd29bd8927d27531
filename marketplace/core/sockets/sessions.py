"""Sessions behind WebSockets: read once when a connection opens, then checked again while it is open."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol
from weakref import WeakKeyDictionary, WeakSet

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user, get_user_model
from django.http import HttpRequest
from django.utils import timezone

from marketplace.core.rules import rule
from marketplace.core.sockets.pool import in_pool

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Login:
    """The user of a connection, the key of their session and the password hash that it was made under."""

    user: Any
    session_key: str = ""
    auth_hash: str = ""


class Connection(Protocol):
    """A connection that has a login and can be ended."""

    login: Login

    async def close_expired(self) -> None: ...


def login_of(session_key: str) -> Login:
    """Who is logged in by this session; the visitor's login when nobody is."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)  # checks that the account is open and the password still the same
    if not user.is_authenticated:
        return Login(user)
    return Login(user, session_key, request.session[HASH_SESSION_KEY])


def ended_among(logins: Iterable[Login]) -> set[Login]:
    """Those whose session is gone, whose account is closed or whose password is another one: two queries for all."""
    logins = set(logins)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    sessions = store.get_model_class().objects.filter(
        session_key__in=[login.session_key for login in logins], expire_date__gt=timezone.now()
    )
    alive = set(sessions.values_list("session_key", flat=True))
    people = get_user_model().objects.filter(pk__in={login.user.pk for login in logins}, is_active=True)
    hashes = {person.pk: person.get_session_auth_hash() for person in people}
    return {
        login for login in logins
        if login.session_key not in alive or hashes.get(login.user.pk) != login.auth_hash
    }  # fmt: skip


class SessionChecker:
    """Checks the sessions of this event loop's connections every `socket.recheck_seconds`, and closes those that ended.

    A log-out closes them at once by a message (live.end_sessions); this covers messages that were lost.
    """

    def __init__(self) -> None:
        self.connections: WeakSet[Connection] = WeakSet()
        self._task: asyncio.Task[None] | None = None

    def add(self, connection: Connection) -> None:
        """Checks a connection from now on, until it is discarded from `connections`."""
        self.connections.add(connection)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self.connections:
            await asyncio.sleep(rule("socket.recheck_seconds"))
            try:
                ended = await in_pool(ended_among, {one.login for one in self.connections})
                for connection in [one for one in self.connections if one.login in ended]:
                    await connection.close_expired()
            except Exception:  # the database is away, or a connection just broke: look again
                log.warning("logins behind sockets not checked", exc_info=True)


# A server has one event loop, tests have several.
_checkers: WeakKeyDictionary[asyncio.AbstractEventLoop, SessionChecker] = WeakKeyDictionary()


def session_checker() -> SessionChecker:
    """The checker of this event loop."""
    return _checkers.setdefault(asyncio.get_running_loop(), SessionChecker())
