"""What ends or refuses a live connection: floods, too many of them, a login that no longer holds, nonsense."""

import asyncio

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts import services as accounts
from accounts.models import User
from marketplace.core.rules import override
from social.models import Comment
from tests import make
from tests.mongo.failpoint import failing
from tests.social.watchers import Watcher, person, run

pytestmark = [pytest.mark.django_db, pytest.mark.asyncio]


async def test_a_flooding_socket_is_closed_with_a_reason():
    listing = await run(make.listing)()
    watcher = Watcher(listing)
    with override({"limit.socket_address.count": 3}):
        await watcher.socket.connect()
        for _ in range(4):
            await watcher.say(type="here")
        closed = await watcher.closed()

    assert closed["code"] == 4008
    assert "too many" in closed["reason"]


async def test_frames_count_by_person_over_all_their_connections():
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    with override({"limit.socket.count": 3, "limit.socket.seconds": 60}):
        async with await person(listing, ada) as first:
            second = await person(listing, ada, address="203.0.113.6")
            await second.socket.connect()
            for _ in range(2):
                await first.say(type="hello")
                await first.until("caught_up")
                await second.say(type="hello")
            assert (await second.closed())["code"] == 4008


@pytest.mark.parametrize("window", ["limit.socket.seconds", "limit.socket_address.seconds"])
async def test_the_frame_limit_opens_again_after_its_window(window):
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    with override({window.replace("seconds", "count"): 1, window: 0}):
        async with await person(listing, ada) as page:
            for _ in range(3):
                await page.say(type="hello")
                await page.until("caught_up")


@pytest.mark.parametrize("rule", ["socket.open_address", "limit.connect_address.count"])
async def test_an_address_has_only_so_many_connections_and_another_address_its_own(rule):
    listing = await run(make.listing)()
    with override({rule: 1}):
        async with Watcher(listing):
            refused = Watcher(listing)
            await refused.socket.connect()
            assert (await refused.closed())["code"] == 4008
            async with Watcher(listing, address="203.0.113.6"):
                pass


@pytest.mark.parametrize("rule", ["socket.open_person", "limit.connect.count"])
async def test_a_person_has_only_so_many_connections_wherever_they_are(rule):
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    with override({rule: 1}):
        async with await person(listing, ada):
            refused = await person(listing, ada, address="203.0.113.6")
            await refused.socket.connect()
            assert (await refused.closed())["code"] == 4008


@pytest.mark.parametrize("rule", ["limit.connect.seconds", "limit.connect_address.seconds"])
async def test_the_connection_limit_opens_again_after_its_window(rule):
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    with override({rule.replace("seconds", "count"): 1, rule: 1}):
        async with await person(listing, ada):
            pass
        await asyncio.sleep(1.1)
        async with await person(listing, ada):
            pass


async def test_where_no_socket_is_the_answer_is_no_error_of_the_server():
    visitor = Watcher(None, path="/ws/zz/")

    assert await visitor.socket.connect() == (False, 1000)


def log_out(ada, client):
    client.post("/account/logout/")


def close_account(ada, client):
    accounts.close_account(actor=ada, user=ada)


def change_password(ada, client):
    accounts.change_password(user=ada, password="another horse battery")


def drop_session_unseen(ada, client):
    Session.objects.all().delete()


def close_account_unseen(ada, client):
    User.objects.filter(pk=ada.pk).update(is_active=False)


@pytest.mark.parametrize(
    "end", [log_out, close_account, change_password, drop_session_unseen, close_account_unseen]
)
async def test_a_connection_ends_with_its_session(end):
    listing, ada = await run(make.listing)(), await run(make.verified_user)("ada")
    own, client = await person(listing, ada), Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = own.session_key
    is_told = not end.__name__.endswith("unseen")
    with override({"socket.recheck_seconds": 60 if is_told else 1}):
        async with Watcher(listing) as visitor:
            await own.socket.connect()
            await run(end)(ada, client)
            assert (await own.closed())["code"] == 4001
            await own.say(type="typing")
            await own.say(type="comment", body="Still here", key="k1")
            await run(make.comment)(listing, body="After all that")
            await visitor.until("comment")

    assert "typing" not in visitor.types
    assert await run(Comment.objects.count)() == 1


async def test_another_session_of_the_same_person_goes_on():
    listing, ada = await run(make.listing)(), await run(make.verified_user)("ada")
    phone, client = await person(listing, ada), Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = phone.session_key
    await phone.socket.connect()
    async with await person(listing, ada) as laptop:
        await run(client.post)("/account/logout/")
        assert (await phone.closed())["code"] == 4001
        await laptop.say(type="hello")
        await laptop.until("caught_up")


async def test_slow_queries_of_two_sockets_do_not_stop_a_third():
    listing = await run(make.listing)()
    table = f"{connection.settings_dict['NAME']}.{Comment._meta.db_table}"
    slow = failing("default", "aggregate", times=2, blockConnection=True, blockTimeMS=5000, namespace=table)
    async with Watcher(listing) as one, Watcher(listing) as two, Watcher(listing) as third:
        await run(slow.__enter__)()
        try:
            for page in (one, two):
                await page.say(type="hello", since=1)
            await asyncio.sleep(0.5)  # both queries are at the server
            await third.say(type="hello", since=1)
            await third.until("caught_up", seconds=3)
        finally:
            await run(slow.__exit__)(None, None, None)
        for page in (one, two):
            await page.until("caught_up", seconds=8)


@pytest.mark.parametrize("field", ["body", "key"])
async def test_half_a_character_is_refused_and_the_connection_goes_on(field):
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    async with await person(listing, ada) as own:
        await own.socket.send_to(text_data=f'{{"type": "comment", "{field}": "\\ud800"}}')
        await own.until("refused")
        await own.socket.send_to(text_data='{"type": "comment", "body": ' + "[" * 2000 + "]" * 2000 + "}")
        await own.until("refused")
        await own.say(type="hello")
        await own.until("caught_up")


async def test_a_key_too_long_is_refused_at_the_socket():
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    async with await person(listing, ada) as own:
        await own.say(type="comment", body="Hi", key="k" * 61)
        refused = await own.until("refused")

    assert "at most 60" in refused["fields"]["request_key"][0]


async def test_what_is_no_text_is_refused_at_its_field():
    listing, ada = await run(make.listing)(), await run(make.verified_user)()
    async with await person(listing, ada) as own:
        await own.say(type="comment", body={"a": 1}, key=["a"])
        refused = await own.until("refused")

    assert set(refused["fields"]) == {"body", "request_key"}


async def test_frames_that_make_no_sense_are_refused_and_long_ones_end_it():
    listing = await run(make.listing)()
    watcher = Watcher(listing)
    await watcher.socket.connect()
    for text in ("{", "[]", '{"type": "dance"}', '{"type": ["x"]}', "7"):
        await watcher.socket.send_to(text_data=text)
        assert (await watcher.until("refused"))["code"] == "unknown_frame"
    await watcher.socket.send_to(text_data="x" * 9000)

    assert (await watcher.closed())["code"] == 4009
