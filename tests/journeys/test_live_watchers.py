"""Watchers in real browsers while a thread is locked, and while Valkey is away: their pages go on without a reload."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

from tests import make
from tests.journeys.test_live_thread import page_of, said
from tests.journeys.test_sell_and_talk import elsewhere

pytestmark = [pytest.mark.needs("chromium")]
HEALED_MS = 5000  # in which everything has to be well again
LOCK_SHOWN_MS = 3000
RELOAD_SPREAD_SECONDS = 6  # when a page loads the thread again, it does so within this


def requests_of(page):
    """What the page asks the server for from now on, new connections included."""
    asked = []

    def note(request):
        if not request.url.endswith(("/more/", "/similar/")):  # comes when it is scrolled to
            asked.append(request.url)

    page.on("websocket", note)
    page.on("request", note)
    return asked


def watchers(site, browser, listing, count):
    """Pages of as many people, all of whom hear the thread."""
    pages = [page_of(site, browser, listing, make.verified_user()) for _ in range(count)]
    for page in pages:
        page.get_by_text(f"{count} watching").wait_for()
    return pages


def test_a_locked_thread_takes_the_form_from_all_watchers_and_none_loads_anything(site, browser):
    listing = make.listing()
    elsewhere(make.comment, listing, listing.seller, "Ask me")
    pages = watchers(site, browser, listing, 3)
    asked = [requests_of(page) for page in pages]
    for number, page in enumerate(pages):
        page.fill("[name=body]", f"Half a sentence of {number}")

    seller = page_of(site, browser, listing, listing.seller)
    seller.get_by_role("button", name="Close the conversation").click()

    for page in pages:
        expect(page.locator("[data-write]")).to_be_hidden(timeout=LOCK_SHOWN_MS)
        expect(page.get_by_text("The seller has closed this conversation.")).to_be_visible()
    seller.get_by_role("button", name="Open the conversation").click()
    for number, page in enumerate(pages):
        expect(page.locator("[name=body]")).to_be_visible(timeout=LOCK_SHOWN_MS)
        assert page.input_value("[name=body]") == f"Half a sentence of {number}"
    pages[0].wait_for_timeout(RELOAD_SPREAD_SECONDS * 1000)
    assert asked == [[], [], []]


def test_watchers_hear_again_after_valkey_was_killed_and_get_what_was_said_meanwhile(
    site, browser, valkey_alone
):
    for name in ("one", "two"):
        site.start_web(name, REDIS_URL=valkey_alone.addresses["valkey"])
    listing, ada = make.listing(), make.verified_user("ada")
    seller = page_of(site, browser, listing, listing.seller, web="one")
    watching = page_of(site, browser, listing, ada, web="two")
    watching.get_by_text("2 watching").wait_for()
    asked = requests_of(watching)

    os.kill(valkey_alone.pid("valkey"), signal.SIGKILL)
    elsewhere(make.comment, listing, ada, "Said while it was away")
    expect(said(watching, "Said while it was away")).to_have_count(0)
    valkey_alone.restart("valkey")

    said(watching, "Said while it was away").wait_for(timeout=HEALED_MS)
    seller.fill("[name=body]", "Said live")
    seller.get_by_role("button", name="Send").click()
    said(watching, "Said live").wait_for(timeout=HEALED_MS)
    expect(watching.locator(".comment")).to_have_count(2)
    expect(watching.locator(".thread-line")).not_to_have_class(re.compile("is-lost"))
    assert asked == []  # neither the page nor the thread was loaded again, nor the connection opened anew
