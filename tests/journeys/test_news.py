"""The news in two browsers: somebody comments, the other sees the number move, looks, and mutes."""

import pytest
from playwright.sync_api import expect

from notices.models import Notice
from tests import make
from tests.journeys.test_live_thread import page_of, said
from tests.journeys.test_sell_and_talk import elsewhere, eventually

pytestmark = [pytest.mark.needs("chromium")]


def test_a_comment_moves_the_badge_and_can_be_muted(site, browser):
    listing = make.listing(make.verified_user("vera"), title="Linen dress")
    ada = make.verified_user("ada", display_name="Ada")
    other = make.listing(make.verified_user("ben"))
    vera = page_of(site, browser, other, listing.seller)
    badge = vera.locator("[data-badge]")
    expect(badge).to_be_hidden()

    writer = page_of(site, browser, listing, ada)
    writer.fill("[name=body]", "Is it lined?")
    writer.get_by_role("button", name="Send").click()
    said(writer, "Is it lined?").wait_for()
    expect(badge).to_have_text("1")  # on the page that was open all the time
    expect(vera.get_by_role("link", name="News: 1 new")).to_be_visible()
    eventually(
        lambda: site.mails.exists() and any("Is it lined?" in m.read_text() for m in site.mails.iterdir()),
        "mail",
    )

    vera.locator("[data-news]").click()
    row = vera.locator(".news-row")
    expect(row).to_contain_text("Ada commented on Linen dress")
    expect(row).to_contain_text("Is it lined?")
    expect(vera.locator("[data-badge]")).to_be_hidden()
    row.get_by_role("button", name="Mute").click()
    expect(row.get_by_text("Muted")).to_be_visible()

    elsewhere(make.comment, listing, ada, "Still there?")
    eventually(lambda: Notice.objects.get().count == 2, "the second comment is counted")
    vera.reload()
    expect(vera.locator("[data-badge]")).to_be_hidden()
    expect(row).to_contain_text("2 comments on Linen dress")
    row.get_by_role("button", name="Undo").click()
    expect(row.get_by_role("button", name="Mute")).to_be_visible()

    elsewhere(make.comment, listing, ada, "Hello?")
    expect(vera.locator("[data-news-more]")).to_be_visible()
    row.get_by_role("link").first.click()
    vera.wait_for_url("**/listings/**")
    expect(said(vera, "Hello?")).to_be_visible()


def test_without_a_script_the_news_are_a_page(site, browser):
    listing = make.listing(make.verified_user("vera"))
    make.comment(listing, make.verified_user("ada"), "Hello")
    eventually(lambda: Notice.objects.exists(), "vera is told")
    signed_in = page_of(site, browser, listing, listing.seller).context
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in.storage_state())
    page = context.new_page()
    page.goto(site.url)

    page.get_by_role("link", name="News").first.click()
    expect(page.locator(".news-row.is-new")).to_have_count(1)
    page.get_by_role("button", name="Mute").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Mute")).to_be_visible()
