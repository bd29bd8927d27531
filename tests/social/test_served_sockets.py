"""Sockets of served processes: what one frame, one logout or one closed account ends, and what goes on."""

import json
import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from social.models import Comment
from tests import make
from tests.doors.caller import Caller, encoded

SECONDS = 3  # in which a connection has to end
MESSAGE_TOO_BIG, SESSION_ENDED = 1009, 4001
# The other process must be told: it would not look by itself while the test runs.
NEVER_LOOKS = json.dumps({"socket.recheck_seconds": 600})


def watch(site, listing, session="", web="web"):
    """A connection to one of the web processes."""
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
    address = f"ws://localhost:{site.ports[web]}/ws/listings/{listing.pk}/"
    return connect(address, origin=site.url_of(web), additional_headers=headers, compression=None)


def say(socket, **frame):
    socket.send(json.dumps(frame))


def until(socket, type, **wanted):
    """The next frame of a type with these values."""
    end = time.monotonic() + SECONDS
    while True:
        frame = json.loads(socket.recv(timeout=max(end - time.monotonic(), 0)))
        if frame["type"] == type and wanted.items() <= frame.items():
            return frame


def goes_on(socket):
    say(socket, type="hello")
    return until(socket, "caught_up")


def close_code(socket):
    """With which code the server ends the connection, in time."""
    end = time.monotonic() + SECONDS
    try:
        while True:
            socket.recv(timeout=max(end - time.monotonic(), 0))
    except ConnectionClosed as closed:
        return closed.rcvd.code


def logged_in(person):
    """The key of a session that began with the password."""
    client = Client()
    client.post("/account/login/", {"login": person.username, "password": make.PASSWORD})
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def send_20_kb(socket):
    socket.send("x" * 20_000)


def announce_15_mb(socket):
    # Only the head of the frame: a server that would take so much waits for the rest and closes nothing.
    socket.socket.sendall(b"\x81\xff" + (15_000_000).to_bytes(8, "big") + bytes(4))


@pytest.mark.parametrize("send", [send_20_kb, announce_15_mb])
def test_a_frame_past_the_limit_of_the_server_ends_only_its_connection(site, send):
    listing, ada = make.listing(), make.verified_user("ada")
    with watch(site, listing) as sender, watch(site, listing, logged_in(ada)) as other:
        goes_on(other)
        send(sender)

        assert close_code(sender) == MESSAGE_TOO_BIG
        say(other, type="comment", body="Still here", key="k1")
        until(other, "accepted", key="k1")
    assert Comment.objects.get().body == "Still here"


def test_a_visitor_who_asks_for_all_of_two_thousand_comments_costs_a_few_bytes(site):
    listing = make.listing()
    first = make.comment(listing)
    rows = [Comment(listing_id=listing.pk, author=first.author, author_username=first.author_username,
                    author_name="Ada", body=f"Number {n}", request_key=f"k{n}",
                    changed_at=first.changed_at) for n in range(2000)]  # fmt: skip
    Comment.objects.bulk_create(rows)
    with watch(site, listing) as visitor:
        say(visitor, type="hello", since=1)
        texts = [visitor.recv(timeout=SECONDS)]
        while '"caught_up"' not in texts[-1]:
            texts.append(visitor.recv(timeout=SECONDS))

    assert "reload" in {json.loads(text)["type"] for text in texts}
    assert sum(map(len, texts)) < 1000


def log_out(site, session, person):
    return Caller(site.url, session=session).send("POST", "/account/logout/", Connection="close")


def close_account(site, session, person):
    form = encoded([("username", person.username), ("reason", "")]).encode()
    kind = "application/x-www-form-urlencoded"
    return Caller(site.url, session=session).send("POST", "/settings/close/", kind, form, Connection="close")


@pytest.mark.parametrize("end", [log_out, close_account])
def test_what_ends_a_session_at_one_process_ends_its_sockets_at_another(site, end):
    site.start_web("second", RULES=NEVER_LOOKS)
    listing, ada = make.listing(), make.verified_user("ada")
    key, seller = logged_in(ada), logged_in(listing.seller)
    with watch(site, listing, key, web="second") as own, watch(site, listing, seller, web="second") as other:
        goes_on(own)
        goes_on(other)
        assert end(site, key, ada).status == 302

        assert close_code(own) == SESSION_ENDED
        goes_on(other)
    with watch(site, listing, key, web="second") as visitor:
        say(visitor, type="comment", body="Me again", key="k1")
        assert until(visitor, "refused", key="k1")["code"] == "login_needed"


def test_a_logout_ends_only_that_session_at_another_process(site):
    site.start_web("second", RULES=NEVER_LOOKS)
    listing, ada = make.listing(), make.verified_user("ada")
    phone, laptop = logged_in(ada), logged_in(ada)
    with (
        watch(site, listing, phone, web="second") as ended,
        watch(site, listing, laptop, web="second") as kept,
    ):
        log_out(site, phone, ada)

        assert close_code(ended) == SESSION_ENDED
        goes_on(kept)


def test_a_session_removed_unseen_ends_its_sockets_within_seconds(site):
    site.start_web("second", RULES=json.dumps({"socket.recheck_seconds": 1}))
    listing, ada = make.listing(), make.verified_user("ada")
    with (
        watch(site, listing, logged_in(ada), web="second") as own,
        watch(site, listing, web="second") as other,
    ):
        goes_on(own)
        Session.objects.all().delete()

        assert close_code(own) == SESSION_ENDED
        goes_on(other)


def test_a_page_of_another_port_opens_no_socket(site):
    listing = make.listing()
    address = f"ws://localhost:{site.ports['web']}/ws/listings/{listing.pk}/"

    with pytest.raises(InvalidStatus) as refused:
        connect(address, origin="http://localhost:1", compression=None)

    assert refused.value.response.status_code == 403
