"""Both back offices in a real browser: every kind of form is filled, saved and seen to be stored."""

import re

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from listings.models import Brand, Listing, Status, Stock
from marketplace.core.outbox import deliver_all_due
from marketplace.core.outbox.announcing import announce_new
from marketplace.core.outbox.models import OutboxEntry
from tests import make
from tests.journeys.test_sell_and_talk import SECONDS, files

pytestmark = [pytest.mark.needs("chromium")]
SAVE = "Save"


def desk_of(site, browser, person):
    """A page of somebody who is logged in; every answer of the server is looked at."""
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(SECONDS * 1000)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site.url}])
    page = context.new_page()
    page.problems = []
    page.on("response", lambda r: page.problems.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("pageerror", lambda error: page.problems.append(error.stack))
    return page


def save(page, button=SAVE):
    """Sends the form and waits for the page that follows it."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()
    assert page.locator(".errorlist, .errornote").count() == 0, page.locator("main").inner_text()


def act(page, name):
    """Runs an action on the first row of a list."""
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").first.select_option(label=name)
    with page.expect_navigation():
        page.get_by_role("button", name="Run", exact=True).first.click()


def test_a_seller_looks_after_the_closet(site, browser, tmp_path):
    seller = make.verified_user("vera")
    listing = make.listing(seller, photos=2)
    before = list(listing.photo_keys)
    page = desk_of(site, browser, seller)

    page.goto(f"{site.url}/closet-admin/listings/listing/{listing.pk}/change/")
    page.fill("[name=title]", "A better title")
    page.fill("[name=price]", "31.50")
    page.locator("[name=photos-place]").first.fill("3")
    page.set_input_files("[name=photos-new]", files(tmp_path)[:1])
    _open_sizes(page)
    page.locator("[name=stock-0-quantity]").fill("4")
    save(page)

    after = Listing.objects.get(pk=listing.pk)
    assert (after.title, after.price_cents, after.status) == ("A better title", 3150, Status.AVAILABLE)
    assert after.photo_count == 3 and after.photo_keys[:2] == before[::-1]
    assert Stock.objects.get(listing=listing).quantity == 4

    page.goto(f"{site.url}/closet-admin/listings/listing/{listing.pk}/change/")
    page.locator("[name=photos-remove]").first.check()
    save(page)
    assert Listing.objects.get(pk=listing.pk).photo_count == 2

    for action, status in [
        ("Take off sale", Status.NOT_FOR_SALE), ("List for sale", Status.AVAILABLE), ("Remove", Status.REMOVED),
    ]:  # fmt: skip
        page.goto(f"{site.url}/closet-admin/listings/listing/")
        act(page, action)
        assert Listing.objects.get(pk=listing.pk).status == status
    assert page.problems == []


def test_a_seller_adds_something_and_lists_it(site, browser, tmp_path):
    page = desk_of(site, browser, make.verified_user("vera"))

    page.goto(f"{site.url}/closet-admin/listings/listing/add/")
    page.fill("[name=title]", "Green gingham dress")
    page.fill("[name=description]", "Worn to one wedding.")
    page.locator("[name=category]").select_option("women-dresses-maxi", force=True)
    page.fill("[name=brand]", "Ganni")
    page.locator("[name=condition]").select_option("good")
    page.fill("[name=price]", "48")
    page.set_input_files("[name=photos-new]", files(tmp_path))
    _open_sizes(page)
    page.locator("[name=stock-0-size_label]").fill("M")
    page.locator("[name=stock-0-quantity]").fill("2")
    save(page, "Save and list it")

    listing = Listing.objects.get()
    assert (listing.title, listing.status, listing.photo_count) == (
        "Green gingham dress", Status.AVAILABLE, 3,
    )  # fmt: skip
    assert Stock.objects.get(listing=listing).quantity == 2

    page.goto(f"{site.url}/closet-admin/listings/listing/{listing.pk}/delete/")
    with page.expect_navigation():
        page.locator("form [type=submit]").last.click()
    assert Listing.objects.get().status == Status.REMOVED
    assert page.problems == []


def test_a_person_edits_the_profile(site, browser):
    person = make.verified_user("vera")
    page = desk_of(site, browser, person)

    page.goto(f"{site.url}/closet-admin/accounts/user/{person.pk}/change/")
    page.fill("[name=display_name]", "Vera from the corner")
    save(page)

    assert User.objects.get(pk=person.pk).display_name == "Vera from the corner"
    assert page.problems == []


def test_staff_look_after_people_listings_and_brands(site, browser):
    person, listing = make.verified_user("vera"), make.listing(brand="Tante Erna")
    brand = Brand.objects.get(name="Tante Erna")
    page = desk_of(site, browser, make.staff("staffer"))

    page.goto(f"{site.url}/staff/accounts/user/{person.pk}/change/")
    page.fill("[name=city]", "Utrecht")
    save(page)
    page.goto(f"{site.url}/staff/listings/listing/{listing.pk}/change/")
    page.fill("[name=title]", "Put right by staff")
    save(page)
    page.goto(f"{site.url}/staff/listings/brand/{brand.pk}/change/")
    page.fill("[name=name]", "Tante Emma")
    save(page)

    assert User.objects.get(pk=person.pk).city == "Utrecht"
    assert Listing.objects.get(pk=listing.pk).title == "Put right by staff"
    assert Brand.objects.get(pk=brand.pk).name == "Tante Emma"

    page.goto(f"{site.url}/staff/listings/category/?q=women-dresses-maxi")
    page.get_by_role("link", name=re.compile("Maxi")).first.click()
    page.get_by_text("women-dresses-maxi").first.wait_for()
    assert page.problems == []


def test_staff_run_a_dead_letter_again(site, browser):
    comment = make.comment()
    announce_new()
    dead = OutboxEntry.objects.filter(handler="social.count_comments")
    assert dead.update(state="dead", due_at=None, attempts=8, error="ValueError: no") == 1
    page = desk_of(site, browser, make.staff("staffer"))

    page.goto(f"{site.url}/staff/")
    page.get_by_role("link", name=re.compile("1 reaction failed for good")).first.click()
    page.get_by_text("ValueError: no").first.wait_for()
    act(page, "Run failed reactions again")
    assert page.get_by_text("ValueError: no").count() == 0
    deliver_all_due()

    assert Listing.objects.get(pk=comment.listing_id).comment_count == 1
    assert not dead.exists()
    assert page.problems == []


def _open_sizes(page):
    """The sizes are a tab of their own."""
    tab = page.get_by_role("link", name=re.compile("stock", re.IGNORECASE))
    if tab.count():
        tab.first.click()
