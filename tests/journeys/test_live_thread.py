"""The live thread in real browsers: two processes, lost connections, refusals. Nothing lost, nothing twice."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from marketplace.core.rules import rule
from social import services
from tests import make
from tests.journeys.test_sell_and_talk import SECONDS, elsewhere

pytestmark = [pytest.mark.needs("chromium")]


def page_of(site, browser, listing, person=None, web="web"):
    """The listing in a browser of its own, at one of the web processes; logged in when there is a person."""
    context = browser.new_context()
    context.set_default_timeout(SECONDS * 1000)
    if person:
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site.url_of(web)}
        context.add_cookies([cookie])
    page = context.new_page()
    page.goto(site.url_of(web) + listing.get_absolute_url())
    return page


def said(page, words):
    return page.locator(".comment .typed", has_text=words)


def test_two_people_at_two_processes_see_each_other(site, browser):
    site.start_web("other")
    listing, ada = make.listing(), make.verified_user("ada")
    seller = page_of(site, browser, listing, listing.seller)
    buyer = page_of(site, browser, listing, ada, web="other")
    buyer.get_by_text("2 watching").wait_for()

    buyer.fill("[name=body]", "Is it lined?")
    buyer.get_by_role("button", name="Send").click()
    said(seller, "Is it lined?").wait_for()
    seller.fill("[name=body]", "In cotton.")
    seller.get_by_role("button", name="Send").click()
    said(buyer, "In cotton.").wait_for()

    question = listing.comments.get(author=ada)
    elsewhere(lambda: services.edit_comment(actor=ada, comment=question, body="Is the skirt lined?"))
    said(seller, "Is the skirt lined?").wait_for()
    elsewhere(lambda: services.remove_comment(actor=ada, comment=question))
    expect(seller.locator(f"#comment-{question.pk}")).to_have_class(re.compile("is-gone"))
    expect(seller.locator(".comment")).to_have_count(2)
    expect(buyer.locator(".comment")).to_have_count(2)


def test_a_page_that_saw_nothing_yet_misses_nothing(site, browser):
    listing, ada = make.listing(), make.verified_user("ada")
    page = page_of(site, browser, listing)
    page.locator("[data-empty]").wait_for()

    site.kill("web")
    page.locator(".thread-line.is-lost").wait_for()
    elsewhere(make.comment, listing, ada, "The very first")
    site.start_web()

    said(page, "The very first").wait_for()
    expect(page.locator(".comment")).to_have_count(1)


def test_what_is_sent_while_the_connection_is_lost_arrives_once(site, browser):
    listing, ada = make.listing(), make.verified_user("ada")
    page = page_of(site, browser, listing, ada)
    elsewhere(make.comment, listing, listing.seller, "Ask me")
    said(page, "Ask me").wait_for()

    site.kill("web")
    page.locator(".thread-line.is-lost").wait_for()
    page.fill("[name=body]", "Any stains?")
    page.get_by_role("button", name="Send").click()
    page.locator(".comment.is-sending").wait_for()
    site.start_web()

    page.locator(".comment[data-id] .typed", has_text="Any stains?").wait_for()
    expect(page.locator(".comment.is-sending")).to_have_count(0)
    expect(page.locator(".comment")).to_have_count(2)
    assert listing.comments.filter(author=ada).count() == 1


def test_a_refused_comment_stays_and_can_be_sent_again(site, browser):
    listing, ada = make.listing(), make.verified_user("ada")
    page = page_of(site, browser, listing, ada)
    page.locator("[name=body]").evaluate("field => field.removeAttribute('maxlength')")
    words = "long " * rule("comment.max")
    page.fill("[name=body]", words)
    page.get_by_role("button", name="Send").click()

    failed = page.locator(".comment.is-failed")
    failed.get_by_text("at most").wait_for()
    assert words.strip() in failed.inner_text()
    failed.get_by_role("button", name="Try again").click()
    failed.get_by_text("at most").wait_for()
    assert listing.comments.count() == 0
