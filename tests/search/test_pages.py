"""The pages of search: what they show, what they take, what they cost; without scripts."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.test import Client
from rest_framework.test import APIClient

from listings.models import Status
from marketplace.core.rules import override
from search import services
from tests import make
from tests.fixtures.queries import recording
from tests.listings.test_pages_browse import titles

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def rail():
    """Three dresses and a shirt of two closets."""
    ada, bobby = make.verified_user("ada"), make.verified_user("bobby")
    make.listing(ada, title="Red", colors=["red"], price_cents=1000)
    make.listing(ada, title="Blue", colors=["blue"], price_cents=2000, brand="Nike")
    make.listing(bobby, title="Green", colors=["green"], price_cents=3050, category="women-dresses-mini",
                 sizes=[{"size": "L", "quantity": 1}])  # fmt: skip
    make.listing(bobby, title="Shirt", category="men-shirts-t-shirts", colors=["black"], price_cents=4000)


def chips(response) -> dict[str, str]:
    """Each chip that can be taken off, and where that leads."""
    html = response.content.decode()
    found = re.findall(r'<a class="chip" href="([^"]+)"><span class="one-line">([^<]+)</span>', html)
    return {label: address.replace("&amp;", "&") for address, label in found}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/search/", {"Red", "Blue", "Green", "Shirt"}), ("/search/?color=red&color=blue", {"Red", "Blue"}),
        ("/search/?price_min=20&price_max=30.50", {"Blue", "Green"}), ("/search/?price_min=$20&price_max=20", {"Blue"}),
        ("/search/?category=women-dresses-mini&category=men", {"Green", "Shirt"}),
        ("/search/?seller=bobby", {"Green", "Shirt"}),
        ("/search/?brand=nike&color=blue", {"Blue"}), ("/search/?brand=NIKE", {"Blue"}), ("/search/?size=L", {"Green"}),
        ("/c/women/?category=women-dresses-mini", {"Green"}), ("/c/women/?category=men", {"Red", "Blue", "Green"}),
        ("/c/women-dresses/?color=red&color=green", {"Red", "Green"}), ("/brands/nike/?color=red", set()),
    ],
)  # fmt: skip
def test_several_values_are_one_or_the_other_and_fields_narrow_each_other(client, rail, address, found):
    assert set(titles(client.get(address))) == found


@pytest.mark.parametrize(
    "odd",
    ["color=plaid", "category=moustaches", "sort=dearest", "availability=gone", "condition=%00", "seller=A%20B",
     "size=", "colour=red", "after=%00", "exact=maybe", "brand=", "color=" + "x" * 500],
)  # fmt: skip
def test_what_an_old_link_says_and_nothing_knows_is_left_out(client, rail, odd):
    assert set(titles(client.get(f"/search/?{odd}"))) == {"Red", "Blue", "Green", "Shirt"}
    assert set(titles(client.get(f"/c/women/?{odd}"))) == {"Red", "Blue", "Green"}


@pytest.mark.parametrize("typed", ["twelve", "-5", "1.234", "1e999", "NaN"])
def test_a_price_that_is_none_is_named_and_what_was_typed_stays(client, rail, typed):
    page, filters = (
        client.get(f"/c/women/?price_max={typed}"),
        client.get(f"/c/women/?price_max={typed}&sheet=1"),
    )

    assert set(titles(page)) == {"Red", "Blue", "Green"}
    assert 'class="notice notice-warn"' in page.content.decode()
    html = filters.content.decode()
    assert re.search(rf'name="price_max"[^>]*value="{re.escape(typed)}"[^>]*aria-invalid', html)
    assert 'id="f-price-max-error"' in html


def test_too_many_values_are_cut_and_it_says_so(client, rail):
    with override({"search.values_max": 1}):
        html = client.get("/search/?color=red&color=blue").content.decode()

    assert "At most 1 of these at once" in html


def test_every_filter_is_a_chip_that_can_be_taken_off(client, rail):
    narrow = (
        "color=red&size=M&brand=levis&price_min=5&price_max=20&category=women&seller=ada&availability=all"
    )

    found = chips(client.get(f"/search/?{narrow}"))

    assert list(found) == ["@ada", "Women", "M", "Levi&#x27;s", "Red", "$5 – $20", "All"]
    gone = parse_qs(urlsplit(found["$5 – $20"]).query)
    assert not {"price_min", "price_max"} & gone.keys() and gone["color"] == ["red"]
    assert "color" not in parse_qs(urlsplit(found["Red"]).query)
    assert chips(client.get(found["Red"])).keys() == found.keys() - {"Red"}


def test_the_page_itself_is_no_chip(client, rail):
    assert chips(client.get("/c/women/?color=red")).keys() == {"Red"}
    assert chips(client.get("/brands/levis/")) == {}


def test_how_much_there_is_is_said_in_words(client, rail):
    assert "4 things" in client.get("/search/").content.decode()
    assert re.search(r"\b1 thing\s", client.get("/search/?color=red").content.decode())
    assert "Nothing matches all of that" in client.get("/c/women/?color=red&size=L").content.decode()


def test_show_more_goes_on_with_the_same_filters(client, rail):
    with override({"search.page_size": 1}):
        first = client.get("/search/?color=red&color=blue&sort=price_asc")
        link = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
        more = client.get(link, **HTMX)

    assert (titles(first), titles(more)) == (["Red"], ["Blue"])
    assert "<html" not in more.content.decode()
    assert 'rel="next"' not in more.content.decode()


def test_the_sheet_is_a_page_without_scripts_and_a_fragment_with(client, rail):
    page, fragment = (
        client.get("/c/women/?color=red&sheet=1", **kind).content.decode() for kind in ({}, HTMX)
    )

    assert "<html" in page and "<html" not in fragment
    for html in (page, fragment):
        assert re.search(r'name="color" value="red" checked', html)
        assert re.search(r'name="category" value="women-dresses"', html)
        assert "Show 1<" in html
        assert 'action="/c/women/"' in html
    assert 'name="brand"' not in client.get("/brands/levis/?sheet=1").content.decode()


def test_the_sheet_keeps_what_it_does_not_ask_for(client, rail):
    html = client.get("/search/?seller=ada&sort=price_desc&sheet=1").content.decode()

    assert '<input type="hidden" name="seller" value="ada">' in html
    assert '<input type="hidden" name="sort" value="price_desc">' in html


def test_a_closet_is_narrowed_by_the_same_sheet(client, rail):
    html = client.get("/closet/ada/").content.decode()

    assert 'href="/search/?seller=ada&amp;sheet=1"' in html
    assert "data-sheet" not in client.get("/closet/ada/?tab=about").content.decode()


def test_the_search_field_is_on_every_page_and_remembers(client, rail):
    for page in ("/", "/c/", "/search/", "/account/login/", "/rules/", "/nowhere/"):
        assert 'role="search" method="get" action="/search/"' in client.get(page).content.decode(), page
    html = client.get("/search/", {"sort": "newest", "q": '"red" <b>'}).content.decode()
    assert 'name="q" value="&quot;red&quot; &lt;b&gt;"' in html


def test_hidden_things_are_in_no_search(client, rail):
    for status in (Status.DRAFT, Status.REMOVED, Status.SUSPENDED):
        make.listing(title="Secret", status=status)

    for query in ("", "?availability=all", "?availability=sold"):
        assert "Secret" not in titles(client.get(f"/search/{query}"))


@pytest.mark.parametrize(
    ("address", "most"),
    [("/c/women/", 1), ("/c/women/?color=red&size=M", 1), ("/brands/levis/", 2), ("/search/?color=red", 2)],
)
def test_a_page_with_the_sheet_unopened_costs_what_it_did(rail, address, most):
    client = Client()
    client.get(address)  # makes the cards

    with recording() as commands, override({"page.cache_seconds": 0}):
        client.get(address)

    assert len(commands) <= most, commands.names()


def test_typed_words_become_chips_whose_removal_gives_the_words_back(client, rail):
    response = client.get("/search/", {"q": "nike blue under $25"})

    found = chips(response)
    assert titles(response) == ["Blue"]
    assert list(found) == ["Nike", "Blue", "up to $25"]
    assert "“nike blue under $25”" in response.content.decode()
    without = parse_qs(urlsplit(found["up to $25"]).query)
    assert without["brand"] == ["nike"] and "price_max" not in without
    assert without["q"] == ["under $25"] and without["exact"] == ["1"]


def test_a_search_that_finds_nothing_says_what_it_let_go_and_goes_on_with_that(client, rail):
    with override({"search.page_size": 1}):
        response = client.get("/search/?color=red&color=blue&size=XXL")
        html = response.content.decode()
        link = re.search(r'rel="next" href="([^"]+)"', html)[1].replace("&amp;", "&")
        more = client.get(link, **HTMX)

    assert "Nothing has all of that. We let go of: size." in html
    assert titles(response) + titles(more) == ["Blue", "Red"]


def test_what_is_typed_into_the_field_is_suggested(client, rail):
    services.rebuild_vocabulary()

    html = client.get("/search/suggest/?q=nik", **HTMX).content.decode()
    empty = client.get("/search/suggest/?q=%20", **HTMX).content.decode()

    assert re.search(r'role="option" id="suggest-\d-1" href="/brands/nike/"', html)
    assert 'role="option"' not in empty
    for odd in ("%00", "%", "x" * 5000, "(", "%F0%9F%91%97"):
        assert client.get(f"/search/suggest/?q={odd}").status_code == 200


def test_a_person_meets_their_searches_again_and_can_forget_them(client, rail):
    ada = make.verified_user("grace")
    client.force_login(ada)
    client.get("/search/?q=blue+dress")
    client.get("/search/?q=blue+dress", **HTMX)
    services.count_notes()

    html = client.get("/search/suggest/", **HTMX).content.decode()
    cleared = client.post("/search/recent/clear/")

    assert html.count("?q=blue+dress") == 1
    assert cleared.status_code == 302
    assert "blue dress" not in client.get("/search/suggest/", **HTMX).content.decode()
    assert Client().post("/search/recent/clear/").status_code == 302  # to log in


def test_the_api_finds_the_same_and_says_how_it_understood(rail):
    answer = APIClient().get("/api/v1/search/", {"q": "nike blue", "facets": "1"}).json()

    assert [row["title"] for row in answer["results"]] == ["Blue"]
    assert answer["count"] == {"value": 1, "is_exact": True}
    assert {"name": "brand", "value": "nike"} in answer["searched"] and answer["relaxed"] == []
    assert {row["value"]: row["count"] for row in answer["facets"]["values"]["color"]}["blue"] == 1


def test_the_api_goes_on_by_its_own_address(rail):
    seen, address = [], "/api/v1/search/?q=dress&sort=price_asc&color=red&color=blue"
    with override({"search.page_size": 1}):
        while address:
            answer = APIClient().get(address).json()
            seen += [row["title"] for row in answer["results"]]
            address = answer["next"]

    assert seen == ["Red", "Blue"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=", "q"), ("q=" + "x" * 201, "q"), ("q=%00", "q"), ("color=plaid", "color"), ("colour=red", "colour"),
        ("price_min=12.5", "price_min"), ("price_max=-1", "price_max"), ("price_min=1&price_min=2", "price_min"),
        ("sort=dearest", "sort"), ("availability=gone", "availability"), ("facets=yes", "facets"), ("exact=0", "exact"),
        ("&".join(["size=M"] * 21), "size"), ("seller=" + "x" * 101, "seller"), ("cursor=%26", "cursor"),
    ],
)  # fmt: skip
def test_the_api_refuses_by_name(query, field):
    answer = APIClient().get(f"/api/v1/search/?{query}")

    assert answer.status_code == 422, answer.content
    assert [row["field"] for row in answer.json()["fields"]] == [field]


def test_what_is_typed_fills_no_cache(client):
    parts = caches["template_fragments"]
    client.get("/search/?q=gingham&color=red")
    client.get("/c/women-dresses/?color=red")
    before = len(parts._cache)

    for number in range(5):
        client.get(f"/search/?q=gingham{number}")
        client.get("/c/women-dresses/?" + "&".join(f"size=X{number}{place:030}" for place in range(10)))

    assert len(parts._cache) == before


@pytest.mark.parametrize("typed", ["ada", "@ada", "Ada Love"])
def test_people_of_that_name_stand_above_the_things(client, typed):
    make.listing(make.verified_user("ada", display_name="Ada Lovelace"))
    services.rebuild_vocabulary()

    first = client.get("/search/", {"q": typed}).content.decode()
    more = client.get("/search/", {"q": typed}, **HTMX).content.decode()

    assert 'href="/closet/ada/"' in first and "@ada" in first
    assert "people-title" not in more
