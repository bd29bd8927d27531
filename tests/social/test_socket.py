"""The live thread over sockets and a real Valkey: what watchers see, what is refused, what a return brings back."""

import asyncio
import threading
from contextlib import AsyncExitStack

import pytest

from listings.models import Status
from marketplace.core.db import atomic
from marketplace.core.rules import override
from social import presence, services
from social.models import Comment
from tests import make
from tests.social.watchers import Watcher, person, run

pytestmark = [pytest.mark.django_db, pytest.mark.asyncio]


async def test_everybody_who_watches_sees_what_changes():
    listing, ada = await run(make.listing)(), await run(make.verified_user)("ada")
    async with Watcher(listing) as visitor, await person(listing, ada) as own:
        comment = await run(make.comment)(listing, ada, "Hello")
        first = await visitor.until("comment")
        assert (first["id"], "Hello" in first["html"]) == (str(comment.pk), True)
        await own.until("comment")

        await run(services.edit_comment)(actor=ada, comment=comment, body="Hello you")
        assert "Hello you" in (await visitor.until("comment", revision=2))["html"]
        await run(services.remove_comment)(actor=ada, comment=comment)
        gone = await visitor.until("comment", revision=3)
        assert "Hello" not in gone["html"]
        await run(services.lock_thread)(actor=await run(lambda: listing.seller)(), listing=listing)
        assert (await visitor.until("lock"))["is_locked"]


async def test_a_socket_posts_through_the_service():
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    async with await person(listing, ada) as own, Watcher(listing) as other:
        for _ in range(2):
            await own.say(type="comment", body="Mine", key="k1")
            await own.until("accepted", key="k1")
        assert "Mine" in (await other.until("comment"))["html"]
        await own.say(type="comment", body="x" * 501, key="k2")
        refused = await own.until("refused", key="k2")

    assert refused["code"] == "comment_invalid"
    assert "at most 500" in refused["message"]
    assert await run(Comment.objects.count)() == 1


async def test_visitors_read_and_do_not_write():
    listing = await run(make.listing)()
    async with Watcher(listing) as visitor:
        await visitor.say(type="comment", body="Hi", key="k")
        assert (await visitor.until("refused"))["code"] == "login_needed"

    assert await run(Comment.objects.count)() == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUSPENDED, Status.REMOVED])
async def test_a_hidden_listing_closes_the_door(status):
    listing = await run(make.listing)(status=status)
    watcher = Watcher(listing)
    await watcher.socket.connect()

    assert (await watcher.closed())["code"] == 4004


async def test_typing_is_told_to_the_others_and_a_visitors_is_not():
    listing, ada = await run(make.listing)(), await run(make.verified_user)("ada")
    async with await person(listing, ada) as own, Watcher(listing) as other:
        await other.say(type="typing")
        await other.say(type="hello")
        await other.until("caught_up")
        await own.say(type="typing")
        assert (await other.until("typing"))["username"] == "ada"

    assert other.types.count("typing") == 1


async def test_watchers_who_arrive_together_are_told_of_each_other_once(monkeypatch):
    monkeypatch.setattr(presence, "BROADCAST_MS", 1000)
    listing = await run(make.listing)()
    async with Watcher(listing) as first, AsyncExitStack() as crowd:
        others = [Watcher(listing) for _ in range(9)]
        await asyncio.gather(*[crowd.enter_async_context(one) for one in others])
        await first.until("watching", count=10)
        await asyncio.sleep(1.2)  # whatever else was on its way
        await first.say(type="hello")
        await first.until("caught_up")
        assert first.types.count("watching") < len(others)
        await others.pop().socket.disconnect()
        await first.until("watching", count=9)


async def test_a_silent_watcher_stops_counting(monkeypatch):
    monkeypatch.setattr(presence, "BROADCAST_MS", 200)
    listing = await run(make.listing)()
    with override({"thread.presence_seconds": 1}):
        async with Watcher(listing) as lively, Watcher(listing):
            await lively.until("watching", count=2)
            await asyncio.sleep(1.1)
            await lively.say(type="here")
            await lively.until("watching", count=1)


async def test_a_long_absence_loads_the_thread_again_instead_of_replaying_it_all():
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    for n in range(3):
        await run(make.comment)(listing, ada, f"Number {n}")
    with override({"thread.replay_max": 2}):
        async with Watcher(listing) as page:
            await page.say(type="hello", since=1)
            await page.until("reload")
            await page.until("caught_up")

    assert page.applied == []


async def test_a_return_says_whether_the_conversation_is_closed():
    listing = await run(make.listing)()
    seller = await run(lambda: listing.seller)()
    await run(services.lock_thread)(actor=seller, listing=listing)
    async with Watcher(listing) as page:
        await page.say(type="hello", since=1)
        assert (await page.until("lock"))["is_locked"]


def slow_to_commit(comment, started, go):
    """An edit whose time is taken now and which is stored only when `go` is set."""

    @atomic
    def service():
        edited = services.edit_comment(actor=comment.author, comment=comment, body="slow")
        started.set()
        assert go.wait(10)
        return edited

    return service()


async def slow_comment_across_a_return(listing):
    """An edit is begun, a younger comment is stored, the watcher leaves, the older edit commits, the watcher returns.

    Returns what the page has applied: its list of (id, revision), and the two comments.
    """
    ada, bobby = await run(make.verified_user)(), await run(make.verified_user)()
    comment = await run(make.comment)(listing, ada, "Before")
    started, go = threading.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    async with Watcher(listing) as page:
        slow = loop.run_in_executor(None, slow_to_commit, comment, started, go)
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
    assert sorted(applied) == sorted([(str(young.pk), 1), (str(old.pk), 2)])


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
