"""Rendered parts of pages are cached in the process: never an old one, never somebody else's."""

import pytest
from django.test import Client

from accounts.services import edit_profile
from listings import services
from listings.models import Listing, Status
from listings.services.brands import rename_brand
from listings.templatetags.cards import ADDRESS
from marketplace.core.person_cache import TOKEN
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


def test_a_renamed_brand_is_renamed_on_cached_cards(client, deliver):
    listing = make.listing(brand="Somebodys own label")
    services.render_photo(key=listing.photo_keys[0])
    client.get(PAGE)

    rename_brand(brand=listing.brand, name="Proper label")
    deliver()

    assert "Proper label" in client.get(PAGE).content.decode()


def test_a_photo_that_failed_and_is_rendered_after_all_appears(client):
    listing = make.listing()
    key = listing.photo_keys[0]
    pages = (PAGE, listing.get_absolute_url())
    Listing.objects.all().mark_photo(key=key, is_ready=False, error="It could not be read.", color="")
    assert all(key[:8] not in client.get(page).content.decode() for page in pages)

    Listing.objects.all().mark_photo(key=key, is_ready=True, error="", color="#336699")

    assert all(key[:8] in client.get(page).content.decode() for page in pages)


def test_what_is_sold_leaves_every_list_at_once_and_says_so_in_the_closet(client):
    seller = make.verified_user("ada")
    listing = make.listing(seller, title="The last one")
    lists = ("/", PAGE, "/closet/ada/")
    client.force_login(make.verified_user("grace"))
    assert all("The last one" in client.get(page).content.decode() for page in lists)

    size = listing.stock.get(size_label="M")
    services.hold_stock(listing=listing, size_key=size.size_key, owner="an order")
    services.take_stock(listing=listing, size_key=size.size_key, owner="an order")

    assert not any("The last one" in client.get(page).content.decode() for page in lists)
    assert 'class="ribbon">Sold' in client.get("/closet/ada/?tab=sold").content.decode()


def test_a_seller_is_called_by_their_new_name_on_the_first_page(client):
    seller = make.verified_user("ada", display_name="Ada")
    for _ in range(3):
        services.render_photo(key=make.listing(seller).photo_keys[0])
    client.force_login(make.verified_user("grace"))
    assert "Ada</span>" in client.get("/").content.decode()

    edit_profile(user=seller, display_name="Countess")
    services.refresh_seller(user_id=seller.pk)

    html = client.get("/").content.decode()
    assert "Countess</span>" in html and "Ada</span>" not in html


def test_what_staff_and_sellers_see_of_their_own_is_seen_by_nobody_else(client):
    listing = make.listing(title="For the moment mine")
    services.set_status(actor=make.staff(), listing=listing, status=Status.SUSPENDED)
    page, office, draft = (
        listing.get_absolute_url(),
        make.staff(),
        make.draft(listing.seller, title="My draft"),
    )

    for person in (listing.seller, office):
        client.force_login(person)
        assert "For the moment mine" in client.get(page).content.decode()
    client.force_login(listing.seller)
    assert "My draft" in client.get("/my/closet/?tab=drafts").content.decode()

    client.force_login(make.verified_user("grace"))
    assert client.get(page).status_code == 404
    assert client.get(f"/listings/{draft.pk}/").status_code == 404
    lists = (PAGE, "/", f"/closet/{listing.seller_username}/")
    html = "".join(client.get(address).content.decode() for address in lists)
    assert "For the moment mine" not in html and "My draft" not in html


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
