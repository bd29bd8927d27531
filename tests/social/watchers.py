"""Pages that watch a thread through the whole door of sockets."""

import asyncio

from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from marketplace.asgi import application


class Watcher:
    """A page that watches through the whole door: applies each (id, revision) once, as the script does."""

    def __init__(self, listing, user=None, *, address="203.0.113.5", path=""):
        headers = [(b"origin", b"http://testserver"), (b"host", b"testserver")]
        path = path or f"/ws/listings/{listing.pk}/"
        self.session_key = session_of(user) if user else ""
        if user:
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={self.session_key}".encode()))
        self.socket = WebsocketCommunicator(application, path, headers)
        self.socket.scope["client"] = [address, 1]
        self.shown, self.since, self.applied, self.types = {}, 0, [], []

    async def __aenter__(self):
        assert (await self.socket.connect(timeout=5))[0]
        return self

    async def __aexit__(self, *_exc):
        await self.socket.disconnect()

    async def say(self, **frame):
        await self.socket.send_json_to(frame)

    async def until(self, type, seconds=5, **wanted):
        """The next frame of a type with these values; comments on the way are applied."""
        async with asyncio.timeout(seconds):
            while True:
                frame = await self.socket.receive_json_from(timeout=seconds)
                self.types.append(frame["type"])
                if frame["type"] == "comment":
                    self.apply(frame)
                if frame["type"] == type and all(frame.get(name) == value for name, value in wanted.items()):
                    return frame

    def apply(self, frame):
        self.since = max(self.since, frame["changed_at"])
        if self.shown.get(frame["id"], 0) < frame["revision"]:
            self.shown[frame["id"]] = frame["revision"]
            self.applied.append((frame["id"], frame["revision"]))

    async def closed(self):
        while True:
            message = await self.socket.receive_output(timeout=5)
            if message["type"] == "websocket.close":
                return message


run = database_sync_to_async


async def person(listing, user, **more):
    """A watcher who is logged in."""
    return await run(Watcher)(listing, user, **more)


def session_of(user):
    """The key of a new session of this person."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
