"""From nothing to a conversation: two people, two browsers, real servers."""

import email
import io
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from accounts.models import User
from listings.models import Listing, Status
from social.models import Comment
from tests import make

pytestmark = [pytest.mark.needs("chromium")]
SECONDS = 20


def eventually(check, what):
    """Waits for what the workers do a moment later."""
    end = time.monotonic() + SECONDS
    while not check():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def elsewhere(act, *args):
    """Runs something in a thread of its own: the browser's event loop lives in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act, *args).result()


def sign_up(site, page, username):
    """Through the pages, with the link from the mail."""
    page.goto(f"{site.url}/account/signup/")
    page.fill("[name=email]", f"{username}@example.org")
    page.fill("[name=username]", username)
    page.fill("[name=password1]", make.PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url(re.compile(r"^(?!.*signup)"))
    page.goto(link_for(site, username))
    page.get_by_role("main").get_by_role("button").click()
    eventually(lambda: User.objects.get(username=username).is_email_verified, "the address is confirmed")


def link_for(site, username):
    """The address in the newest mail to somebody."""
    wanted = f"{username}@example.org"
    eventually(
        lambda: site.mails.exists() and any(wanted in m.read_text() for m in site.mails.iterdir()),
        "mail came",
    )
    text = next(m.read_text() for m in sorted(site.mails.iterdir(), reverse=True) if wanted in m.read_text())
    message = email.message_from_string(text)
    parts = [part for part in message.walk() if part.get_content_type() == "text/plain"]
    body = parts[0].get_payload(decode=True).decode()
    return site.url + re.search(r"https?://[^/\s]+(/account/\S+)", body)[1]


def files(tmp_path):
    """Three photos as phones make them: one lying on its side by EXIF, one that says where it was taken."""
    photos = {
        "front.jpg": make.jpeg(size=(1200, 800), orientation=6),
        "back.jpg": make.jpeg(size=(900, 1200), gps=True),
        "label.jpg": make.jpeg(size=(800, 800)),
    }
    for name, photo in photos.items():
        (tmp_path / name).write_bytes(photo.read())
    return [str(tmp_path / name) for name in photos]


def test_somebody_lists_and_somebody_else_asks(site, browser, tmp_path):
    seller = browser.new_context().new_page()
    sign_up(site, seller, "ada")

    seller.goto(f"{site.url}/sell/")
    seller.set_input_files("input[type=file]", files(tmp_path))
    form = seller.locator("#sell")
    form.locator("[name=title]").fill("Green gingham dress")
    form.locator("[name=category]").fill("women-dresses-maxi")
    form.locator("[name=brand]").fill("Ganni")
    form.locator("[name=size]").first.fill("M")
    form.locator("[name=description]").fill("Worn to one wedding.")
    form.locator("[name=condition][value=good]").check(force=True)
    form.locator("[name=price]").fill("48")
    eventually(lambda: Listing.objects.filter(photo_count=3).exists(), "three photos arrive while one types")
    seller.get_by_role("button", name="List it").click()
    seller.wait_for_url(re.compile(r"/listings/[0-9a-f]{24}/"))

    listing = Listing.objects.get()
    assert (listing.status, listing.price_cents, listing.seller_username) == (Status.AVAILABLE, 4800, "ada")
    eventually(
        lambda: all(photo.is_ready for photo in Listing.objects.get().photos), "the worker renders all three"
    )
    photos = Listing.objects.get().photos
    assert {(photo.width, photo.height) for photo in photos} == {(800, 1200), (900, 1200), (800, 800)}
    for photo in photos:
        with default_storage.open(f"{photo.key[:2]}/{photo.key}/detail.webp") as file:
            shown = Image.open(io.BytesIO(file.read()))
        assert shown.size == (photo.width, photo.height)
        assert not shown.getexif()

    buyer = browser.new_context().new_page()
    sign_up(site, buyer, "bobby")
    buyer.goto(site.url)
    buyer.get_by_role("link", name="Women").first.click()
    buyer.get_by_role("link", name="Dresses", exact=True).first.click()
    buyer.locator("a.card-link", has_text="Green gingham dress").first.click()
    seller.reload()
    seller.get_by_text("2 watching").wait_for()
    buyer.fill("[name=body]", "Is it lined?")
    buyer.get_by_role("button", name="Send").click()

    seller.locator(".comment .typed", has_text="Is it lined?").wait_for()
    seller.fill("[name=body]", "It is, in cotton.")
    seller.get_by_role("button", name="Send").click()
    buyer.locator(".comment .typed", has_text="in cotton").wait_for()
    assert buyer.locator(".comment.is-sending").count() == 0
    assert Comment.objects.count() == 2
    eventually(lambda: Listing.objects.get().comment_count == 2, "the count follows")


def test_a_page_heals_by_itself_when_the_web_process_is_killed(site, browser):
    listing, ada = make.listing(), make.verified_user("ada")
    page = browser.new_context().new_page()
    page.goto(site.url + listing.get_absolute_url())
    elsewhere(make.comment, listing, ada, "Before")
    page.locator(".typed", has_text="Before").wait_for()

    site.kill("web")
    page.locator(".thread-line.is-lost").wait_for()
    said = elsewhere(make.comment, listing, ada, "While it was away")
    site.start_web()

    page.locator(".typed", has_text="While it was away").wait_for(timeout=SECONDS * 1000)
    elsewhere(make.comment, listing, ada, "After")
    page.locator(".typed", has_text="After").wait_for()
    assert page.locator(f"#comment-{said.pk}").count() == 1
    assert page.locator(".thread-line.is-lost").count() == 0
