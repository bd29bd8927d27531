"""Pages that people who are logged in share: one rendering, each reader's own in its slots."""

import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from accounts.services import edit_profile
from listings import services
from marketplace.core.person_cache import WROTE_COOKIE
from marketplace.core.rules import override
from social.services import like_listing
from tests import make
from tests.fixtures.queries import recording

pytestmark = pytest.mark.django_db
PAGE = "/c/women-dresses/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def _pages_are_shared():
    with override({"page.cache_seconds": 60}):
        yield


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, BACKEND)
    return client


@pytest.fixture
def ada():
    return make.verified_user("ada", display_name="Ada Lovelace")


@pytest.fixture
def grace():
    return make.verified_user("grace", display_name="Grace Hopper")


@pytest.fixture
def listing():
    made = make.listing(title="A rare thing")
    services.render_photo(key=made.photo_keys[0])
    make.comment(made)
    return made


def pages_of(listing) -> list[str]:
    return ["/", PAGE, f"/brands/{listing.brand_slug}/", f"/closet/{listing.seller_username}/",
            listing.get_absolute_url()]  # fmt: skip


def test_a_shared_page_says_what_one_made_for_its_reader_says(listing, ada, grace):
    like_listing(user=grace, listing_id=listing.pk)
    differs = re.compile(TOKEN.pattern + r'|name="request_key" value="[\w-]+"|data-since="\d+"')
    for page in pages_of(listing):
        client_of(ada).get(page)
        shared = client_of(grace).get(page).content.decode()
        with override({"page.cache_seconds": 0}):
            own = client_of(grace).get(page).content.decode()

        assert differs.sub("", shared) == differs.sub("", own), page


def test_nobody_sees_anything_of_the_one_it_was_made_for(listing, ada, grace):
    like_listing(user=ada, listing_id=listing.pk)
    for page in pages_of(listing):
        first, second = client_of(ada), client_of(grace)
        hers, other = first.get(page).content.decode(), second.get(page).content.decode()

        assert "Ada Lovelace" in hers and "Ada Lovelace" not in other and "@ada" not in other
        assert "Grace Hopper" in other
        assert not set(TOKEN.findall(hers)) & set(TOKEN.findall(other))
        assert 'aria-pressed="true"' not in other
        assert ('aria-pressed="true"' in hers) == ("like-" in hers)


def test_a_token_of_a_shared_page_opens_its_forms_and_a_write_is_seen_at_once(listing, ada, grace):
    client_of(grace).get(PAGE)
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada, BACKEND)
    token = TOKEN.search(client.get(PAGE).content.decode())[1]

    done = client.post(
        f"/listings/{listing.pk}/like/", {"like": "1", "next": PAGE, "csrfmiddlewaretoken": token}
    )

    assert done.status_code == 302 and WROTE_COOKIE in done.cookies
    assert client.post(f"/listings/{listing.pk}/like/", {"like": "1"}).status_code == 403
    del client.cookies[WROTE_COOKIE]
    assert 'aria-pressed="true"' in client.get(PAGE).content.decode()


def test_who_writes_sees_new_pages_and_others_when_they_are_made_again(listing, ada, grace):
    seller, other = client_of(ada), client_of(grace)
    other.get(PAGE)
    made = make.listing(ada)

    seller.post(f"/listings/{listing.pk}/like/", {"like": "1", "next": PAGE})

    assert f"/listings/{made.pk}/" in seller.get(PAGE).content.decode()
    assert f"/listings/{made.pk}/" not in other.get(PAGE).content.decode()


def test_owners_and_staff_get_pages_of_their_own(listing):
    strangers, owner, staff = (
        client_of(make.verified_user()),
        client_of(listing.seller),
        client_of(make.staff()),
    )
    pages = {
        f"/sell/{listing.pk}/": listing.get_absolute_url(),
        "Edit profile": f"/closet/{listing.seller_username}/",
    }

    for own, page in pages.items():
        assert own not in strangers.get(page).content.decode()
        assert own in owner.get(page).content.decode()
        assert 'href="/staff/"' in staff.get(page).content.decode()


def test_what_only_some_may_see_is_not_shared(listing):
    services.set_status(actor=make.staff(), listing=listing, status="suspended")
    owner, stranger = client_of(listing.seller), client_of(make.verified_user())

    assert owner.get(listing.get_absolute_url()).status_code == 200
    assert stranger.get(listing.get_absolute_url()).status_code == 404


def test_a_message_is_shown_once_and_to_its_person_only(ada, grace):
    one, two = client_of(ada), client_of(grace)
    two.get("/")
    one.post(
        reverse("accounts:profile-edit"), {"display_name": "Ada", "about": "", "city": "", "currency": "USD"}
    )
    del one.cookies[WROTE_COOKIE]

    assert "data-toast" in one.get("/").content.decode()
    assert "data-toast" not in one.get("/").content.decode() + two.get("/").content.decode()


def test_a_new_name_is_in_the_menu_at_once(ada):
    client = client_of(ada)
    client.get("/")

    edit_profile(user=ada, display_name="Countess", about="", city="")

    assert "Countess" in client.get("/").content.decode()


def test_a_shared_page_asks_for_the_person_and_the_hearts(listing, ada, grace):
    client = client_of(grace)
    client_of(ada).get(PAGE)
    client.get(PAGE)

    with recording() as commands:
        client.get(PAGE)

    assert len(commands) == 2, commands.names()


def test_pages_of_long_addresses_are_not_kept(listing, ada):
    reader, cached = client_of(ada), caches["shared_pages"]
    cached.clear()

    reader.get(PAGE + "?x=" + "'" * 400)
    assert not cached._cache

    reader.get(PAGE)
    assert len(cached._cache) == 1
