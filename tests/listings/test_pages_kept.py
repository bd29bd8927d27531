"""Pieces of pages that are kept in the process: never an old one, never somebody else's."""

import pytest
from django.test import Client

from listings import services
from listings.models import Listing
from listings.services.brands import rename_brand
from listings.templatetags.cards import ADDRESS, TOKEN
from marketplace.core.rules import override
from social.services import like_listing
from tests import make
from tests.fixtures.queries import recording

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages_are_made_each_time():
    with override({"page.cache_seconds": 0}):
        yield


PAGE = "/c/women-dresses/"


def test_a_card_is_made_once(client):
    for _ in range(3):
        make.listing()
    for key in Listing.objects.values_list("photo_keys", flat=True):
        services.render_photo(key=key[0])
    client.get(PAGE)

    with recording() as commands:
        client.get(PAGE)

    assert len(commands) == 1, commands.names()


def test_a_card_changes_with_its_listing(client):
    listing = make.listing(price_cents=2500)
    services.render_photo(key=listing.photo_keys[0])
    assert "$25" in client.get(PAGE).content.decode()

    services.edit_listing(actor=listing.seller, listing=listing, price_cents=1900)
    services.add_to_counts(deltas={listing.pk: {"like_count": 1234}})

    html = client.get(PAGE).content.decode()
    assert "$19" in html and "$25" not in html
    assert "1.2k" in html


def test_a_photo_appears_when_it_is_ready(client):
    listing = make.listing()
    assert "Photo on its way" in client.get(PAGE).content.decode()

    services.render_photo(key=listing.photo_keys[0])

    for page in (PAGE, listing.get_absolute_url()):
        html = client.get(page).content.decode()
        assert "on its way" not in html and "being prepared" not in html
        assert listing.photo_keys[0][:8] in html


def test_a_renamed_brand_is_renamed_on_kept_cards(client):
    listing = make.listing(brand="Somebodys own label")
    services.render_photo(key=listing.photo_keys[0])
    client.get(PAGE)

    rename_brand(brand=listing.brand, name="Proper label")

    assert "Proper label" in client.get(PAGE).content.decode()


def test_hearts_and_tokens_are_each_readers_own(client):
    listing = make.listing()
    services.render_photo(key=listing.photo_keys[0])
    ada, grace = make.verified_user("ada"), make.verified_user("grace")
    like_listing(user=ada, listing_id=listing.pk)

    pages = []
    for person in (ada, grace, None):
        if person:
            client.force_login(person)
        else:
            client.logout()
        pages.append(client.get(PAGE + "?sort=price_asc").content.decode())

    assert 'aria-pressed="true"' in pages[0] and 'aria-pressed="true"' not in pages[1] + pages[2]
    assert 'value="/c/women-dresses/?sort=price_asc"' in pages[0]
    assert not any(word in page for word in (TOKEN, ADDRESS) for page in pages)
    assert "csrfmiddlewaretoken" in pages[1] and "csrfmiddlewaretoken" not in pages[2]


def test_the_navigation_marks_where_one_is(client):
    assert 'href="/c/women/" aria-current="page"' in client.get("/c/women/").content.decode()
    assert 'href="/c/women/" aria-current="page"' not in client.get("/c/men/").content.decode()
    assert 'href="/" aria-current="page"' in client.get("/").content.decode()


def test_what_one_visitor_is_told_is_told_to_nobody_else(client):
    client.force_login(make.verified_user())
    client.post("/account/logout/")
    del client.cookies["sessionid"]  # what a browser does with a cookie that has run out

    with override({"page.cache_seconds": 5}):
        mine, of_others = client.get("/"), Client().get("/")

    assert "data-toast" in mine.content.decode()
    assert "data-toast" not in of_others.content.decode()
