"""The live thread over sockets and a real Valkey: what watchers see, what is refused, what a return brings back."""

import asyncio
import threading

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from listings.models import Listing, Status
from marketplace.asgi import application
from marketplace.core.db import atomic
from marketplace.core.rules import override
from social import presence, services
from social.consumers import ThreadConsumer
from social.models import Comment
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.asyncio]
assert application  # the project's own wiring imports


class Watcher:
    """A page that watches: applies each (id, revision) once, as the script does."""

    def __init__(self, listing, user=None):
        self.socket = WebsocketCommunicator(ThreadConsumer.as_asgi(), f"/ws/listings/{listing.pk}/")
        self.socket.scope["url_route"] = {"kwargs": {"pk": listing.pk}}
        self.socket.scope["user"] = user or AnonymousUser()
        self.shown, self.since, self.applied = {}, 0, []

    async def __aenter__(self):
        assert (await self.socket.connect())[0]
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


async def test_everybody_who_watches_sees_what_changes():
    listing, ada = await run(make.listing)(), await run(make.verified_user)("ada")
    async with Watcher(listing) as stranger, Watcher(listing, ada) as own:
        comment = await run(make.comment)(listing, ada, "Hello")
        first = await stranger.until("comment")
        assert (first["id"], "Hello" in first["html"]) == (str(comment.pk), True)
        await own.until("comment")

        await run(services.edit_comment)(actor=ada, comment=comment, body="Hello you")
        assert "Hello you" in (await stranger.until("comment", revision=2))["html"]
        await run(services.remove_comment)(actor=ada, comment=comment)
        gone = await stranger.until("comment", revision=3)
        assert "Hello" not in gone["html"]
        await run(services.lock_thread)(actor=await run(lambda: listing.seller)(), listing=listing)
        assert (await stranger.until("lock"))["is_locked"]


async def test_a_socket_posts_through_the_service():
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    async with Watcher(listing, ada) as own, Watcher(listing) as other:
        for _ in range(2):
            await own.say(type="comment", body="Mine", key="k1")
            await own.until("accepted", key="k1")
        assert "Mine" in (await other.until("comment"))["html"]
        await own.say(type="comment", body="x" * 501, key="k2")
        refused = await own.until("refused", key="k2")

    assert refused["code"] == "comment_invalid"
    assert "at most 500" in refused["message"]
    assert await run(Comment.objects.count)() == 1


async def test_strangers_read_and_do_not_write():
    listing = await run(make.listing)()
    async with Watcher(listing) as stranger:
        await stranger.say(type="comment", body="Hi", key="k")
        assert (await stranger.until("refused"))["code"] == "login_needed"

    assert await run(Comment.objects.count)() == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUSPENDED, Status.REMOVED])
async def test_a_hidden_listing_closes_the_door(status):
    listing = await run(make.listing)(status=status)
    watcher = Watcher(listing)
    await watcher.socket.connect()

    assert (await watcher.closed())["code"] == 4004


async def test_typing_is_told_to_the_others():
    listing, ada = await run(make.listing)(), await run(make.verified_user)("ada")
    async with Watcher(listing, ada) as own, Watcher(listing) as other:
        await own.say(type="typing")
        assert (await other.until("typing"))["username"] == "ada"


async def test_watchers_are_counted_and_told_once_a_moment(monkeypatch):
    monkeypatch.setattr(presence, "BROADCAST_MS", 300)
    listing = await run(make.listing)()
    async with Watcher(listing) as first:
        async with Watcher(listing):
            await first.until("watching", count=2)
        await first.until("watching", count=1)


async def test_a_silent_watcher_stops_counting():
    listing = await run(make.listing)()
    group = services.thread_group(listing.pk)
    await presence.watch(group, "silent")

    assert await presence.watching(group) == 1
    with override({"thread.presence_seconds": 0}):
        await asyncio.sleep(0.05)
        assert await presence.watching(group) == 0


async def test_a_flooding_socket_is_closed_with_a_reason():
    listing = await run(make.listing)()
    watcher = Watcher(listing)
    with override({"limit.socket.count": 3}):
        await watcher.socket.connect()
        for _ in range(4):
            await watcher.say(type="here")
        closed = await watcher.closed()

    assert closed["code"] == 4008
    assert "too many" in closed["reason"]


async def test_frames_that_make_no_sense_are_refused_and_long_ones_end_it():
    listing = await run(make.listing)()
    watcher = Watcher(listing)
    await watcher.socket.connect()
    for text in ("{", "[]", '{"type": "dance"}', '{"type": ["x"]}', "7"):
        await watcher.socket.send_to(text_data=text)
        assert (await watcher.until("refused"))["code"] == "unknown_frame"
    await watcher.socket.send_to(text_data="x" * 9000)

    assert (await watcher.closed())["code"] == 4009


def slow_to_commit(listing, author, started, go):
    """A comment whose time is taken now and which is stored only when `go` is set."""

    @atomic
    def service():
        comment = services.post_comment(author=author, listing=listing, body="slow")
        started.set()
        assert go.wait(10)
        return comment

    return service()


async def slow_comment_across_a_return(listing):
    """A watcher leaves, a comment is begun, a younger one is stored, the older one commits, the watcher returns.

    Returns what the page has applied: its list of (id, revision), and the two comments.
    """
    ada, bobby = await run(make.verified_user)(), await run(make.verified_user)()
    started, go = threading.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    async with Watcher(listing) as page:
        slow = loop.run_in_executor(None, slow_to_commit, listing, ada, started, go)
        await loop.run_in_executor(None, started.wait, 10)
        await asyncio.sleep(0.02)
        young = await run(make.comment)(listing, bobby, "young")
        await page.until("comment", id=str(young.pk))
    go.set()  # the page is away when the older comment is stored, and nobody will tell it live
    old = await slow
    async with Watcher(listing) as again:
        again.shown, again.applied, again.since = page.shown, page.applied, page.since
        await again.say(type="hello", since=again.since)
        await again.until("caught_up")
    return again.applied, old, young


async def test_a_return_brings_back_each_change_exactly_once():
    listing = await run(make.listing)()

    applied, old, young = await slow_comment_across_a_return(listing)

    assert old.changed_at < young.changed_at
    assert sorted(applied) == sorted([(str(young.pk), 1), (str(old.pk), 1)])


async def test_without_the_overlap_the_slow_one_would_be_lost():
    listing = await run(make.listing)()
    with override({"thread.overlap_seconds": 0}):
        applied, _old, young = await slow_comment_across_a_return(listing)

    assert applied == [(str(young.pk), 1)]


async def test_a_return_brings_edits_and_removals_too():
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    comment = await run(make.comment)(listing, ada, "One")
    async with Watcher(listing) as page:
        await page.say(type="hello", since=1)
        await page.until("caught_up")
    await run(services.edit_comment)(actor=ada, comment=comment, body="Two")
    other = await run(make.comment)(listing, ada, "Three")
    await run(services.remove_comment)(actor=ada, comment=other)
    async with Watcher(listing) as again:
        again.shown, again.applied, again.since = page.shown, page.applied, page.since
        await again.say(type="hello", since=again.since or 1)
        await again.until("caught_up")

    assert again.shown == {str(comment.pk): 2, str(other.pk): 2}
    assert len(again.applied) == len(set(again.applied))
    assert (await run(Listing.objects.get)(pk=listing.pk)).pk == listing.pk
