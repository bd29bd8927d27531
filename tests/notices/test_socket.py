"""The badge over sockets and a real Valkey: what it shows, whom it tells, when it ends."""

import asyncio

import pytest
from channels.layers import get_channel_layer

from accounts import services as accounts
from marketplace.core.live import person_group
from notices import consumers, services
from notices.models import Notice
from tests import make
from tests.notices.making import news
from tests.social.watchers import Watcher, run

pytestmark = [pytest.mark.django_db, pytest.mark.asyncio]
NEWS = "/ws/news/"


@pytest.fixture(autouse=True)
def _short_pause(monkeypatch):
    monkeypatch.setattr(consumers, "PAUSE_SECONDS", 0.1)


async def person(username):
    return await run(make.verified_user)(username)


def tell(*people, group="dress"):
    fan = make.user()
    return services.notify([news(one, fan, group=group) for one in people])


async def test_the_number_comes_at_once_and_moves_with_the_news():
    vera = await person("vera")
    await run(tell)(vera)
    async with (
        await run(Watcher)(None, vera, path=NEWS) as first,
        await run(Watcher)(None, vera, path=NEWS) as other,
    ):
        assert (await first.until("news"))["unread"] == 1
        await other.until("news", unread=1)

        await run(tell)(vera, group="coat")
        for socket in (first, other):
            await socket.until("news", unread=2)
        await run(services.mute)(person=vera, notice_id=(await run(Notice.objects.first)()).pk)
        await first.until("news", unread=1)
        await run(services.mark_read)(person=vera)
        await other.until("news", unread=0)


async def test_the_badge_stops_counting_at_99(monkeypatch):
    vera, fan = await person("vera"), await run(make.user)()
    await run(services.notify)([news(vera, fan, group=f"g{n}") for n in range(101)])
    async with await run(Watcher)(None, vera, path=NEWS) as socket:
        frame = await socket.until("news")

    assert (frame["unread"], frame["more"]) == (99, True)


async def test_others_hear_nothing_of_it():
    vera, ben = await person("vera"), await person("ben")
    async with (
        await run(Watcher)(None, vera, path=NEWS) as own,
        await run(Watcher)(None, ben, path=NEWS) as other,
    ):
        await other.until("news")
        await run(tell)(vera)
        await own.until("news", unread=1)
        await other.say(type="hello")
        await other.until("news")
        assert await other.socket.receive_nothing(0.3)

    assert other.types == ["news", "news"]


async def test_a_storm_is_a_few_frames(monkeypatch):
    monkeypatch.setattr(consumers, "PAUSE_SECONDS", 0.5)
    vera = await person("vera")
    async with await run(Watcher)(None, vera, path=NEWS) as socket:
        for number in range(40):
            await run(tell)(vera, group=f"g{number}")
        await socket.until("news", unread=40)

    assert len(socket.types) < 20


async def test_what_was_lost_on_the_way_is_looked_up():
    vera = await person("vera")
    async with await run(Watcher)(None, vera, path=NEWS) as socket:
        await socket.until("news", unread=0)
        await run(Notice.objects.create)(
            person=vera, kind="like", group="g", title="t", url="/", count=1, fresh=1
        )
        await get_channel_layer().group_send(person_group(vera.pk), {"type": "missed", "since": 1})

        await socket.until("news", unread=1)


async def test_a_visitor_is_shown_out_and_a_person_with_their_session():
    visitor = Watcher(None, path=NEWS)
    await visitor.socket.connect()
    assert (await visitor.closed())["code"] == 4001

    vera = await person("vera")
    async with await run(Watcher)(None, vera, path=NEWS) as socket:
        await socket.until("news")
        await run(accounts.close_account)(actor=vera, user=vera)
        assert (await socket.closed())["code"] == 4001


async def test_a_thread_that_somebody_watches_goes_on_when_they_have_news():
    listing, vera = await run(make.listing)(), await person("vera")
    async with await run(Watcher)(listing, vera) as thread:
        await run(tell)(vera)
        await asyncio.sleep(0.2)
        await thread.say(type="hello")
        await thread.until("caught_up")


async def test_frames_that_it_does_not_know_and_too_many_have_an_answer():
    vera = await person("vera")
    async with await run(Watcher)(None, vera, path=NEWS) as socket:
        await socket.say(type="comment", body="x")
        assert (await socket.until("refused"))["types"] == ["hello"]
        for _ in range(70):
            await socket.say(type="hello")
        assert (await socket.closed())["code"] == 4008
