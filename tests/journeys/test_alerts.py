"""An alert in the browser: type, refine, save; somebody lists what fits, and the badge and the news say so."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.journeys.test_live_thread import page_of
from tests.journeys.test_search import seen_by_axe
from tests.journeys.test_sell_and_talk import elsewhere

pytestmark = [pytest.mark.needs("chromium")]


def test_what_is_listed_reaches_who_saved_the_search(site, browser):
    ada = elsewhere(make.verified_user, "ada")
    first = elsewhere(lambda: make.listing(ada, title="Gingham dress", colors=["red"]))
    vera = elsewhere(make.verified_user, "vera")
    page = page_of(site, browser, first, vera)
    badge = page.locator("[data-badge]")

    field = page.get_by_role("combobox", name="Search")
    field.fill("gingham under $60")
    field.press("Enter")
    page.wait_for_url(re.compile("/search/"))
    page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog", name="Filters")
    sheet.locator("label", has_text=re.compile(r"^Red\b")).click()
    sheet.get_by_role("button", name="Show 1", exact=True).click()
    page.wait_for_url(re.compile("color=red"))
    page.get_by_role("link", name="Save this search").click()
    expect(page.get_by_label("Name")).to_have_value(re.compile("gingham"))
    assert seen_by_axe(page) == {}
    page.get_by_label("Name").fill("Red gingham")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".saved")).to_contain_text("Red gingham")
    expect(page.locator(".saved")).to_contain_text("$60")
    assert seen_by_axe(page) == {}
    expect(badge).to_be_hidden()

    elsewhere(lambda: make.listing(ada, title="Blue gingham shirt", colors=["blue"]))
    elsewhere(lambda: make.listing(ada, title="Gingham skirt", colors=["red"], price_cents=3000))
    expect(badge).to_have_text("1")  # on the page that was open all the time
    page.locator("[data-news]").click()
    row = page.locator(".news-row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("listed something for your search Red gingham")
    expect(row).to_contain_text("Gingham skirt")

    page.goto(f"{site.url}/my/searches/")
    expect(page.locator(".saved")).to_contain_text("1 new")
    page.get_by_role("link", name="Red gingham").first.click()
    page.wait_for_url(re.compile(r"/search/\?.*color=red"))
    expect(page.get_by_role("link", name="Gingham skirt")).to_be_visible()
