"""Pages that everybody may open: home, categories, brands, a listing, a closet."""

import re

import pytest

from listings.models import Status
from marketplace.core import rules
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def titles(response) -> list[str]:
    return re.findall(
        r'<span class="sr-only">([^<]*)</span>\s*<div class="card-text">', response.content.decode()
    )


def test_home_shows_what_is_fresh(client):
    listing = make.listing(title="Linen shirt")

    response = client.get("/")

    assert response.status_code == 200
    assert listing.title in titles(response)


def test_an_empty_shop_says_what_to_do(client):
    response = client.get("/")

    assert "The rails are still empty" in response.content.decode()


def test_a_category_shows_what_is_for_sale_in_it(client):
    make.listing(title="In it", category="women-dresses-maxi")
    make.listing(title="Beside it", category="men-shirts-t-shirts")
    make.listing(title="Gone", category="women-dresses-maxi", status=Status.SOLD)

    for slug in ("women", "women-dresses", "women-dresses-maxi"):
        assert titles(client.get(f"/c/{slug}/")) == ["In it"]


def test_a_category_that_does_not_exist_is_not_found(client):
    assert client.get("/c/women-moustaches/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("color=red", ["Red M"]), ("size=L", ["Blue L"]), ("condition=fair", ["Blue L"]), ("brand=levis", ["Red M"]),
        ("brand=nobody+knows+it", []), ("color=red&size=L", []), ("color=plaid", ["Blue L", "Red M"]),
        ("sort=price_asc", ["Red M", "Blue L"]), ("sort=price_desc", ["Blue L", "Red M"]), ("", ["Blue L", "Red M"]),
        ("after=nonsense", ["Blue L", "Red M"]),
    ],
)  # fmt: skip
def test_a_category_can_be_narrowed_and_sorted(client, query, found):
    make.listing(title="Red M", colors=["red"], price_cents=1000, brand="Levi's")
    make.listing(
        title="Blue L", colors=["blue"], price_cents=2000, brand="Nike", condition="fair",
        sizes=[{"size": "L", "quantity": 1}],
    )  # fmt: skip

    assert titles(client.get(f"/c/women-dresses/?{query}")) == found


def test_show_more_goes_on_where_the_page_ended(client):
    for number in range(5):
        make.listing(title=f"Dress {number}", price_cents=1000 + number)

    with rules.override({"search.page_size": 2}):
        seen, url = [], "/c/women/?sort=price_asc"
        while url:
            response = client.get(url, **HTMX)
            assert "<html" not in response.content.decode()
            seen += titles(response)
            link = re.search(r'rel="next" href="([^"]+)"', response.content.decode())
            url = "/c/women/" + link.group(1).replace("&amp;", "&") if link else ""

    assert seen == [f"Dress {number}" for number in range(5)]


def test_brands_stand_under_their_letter(client):
    html = client.get("/brands/").content.decode()

    assert 'href="/brands/nike/"' in html
    assert ">N</a>" in html


def test_a_brand_shows_its_listings(client):
    make.listing(title="By Nike", brand="Nike")
    make.listing(title="By Levi's", brand="Levi's")

    assert titles(client.get("/brands/nike/")) == ["By Nike"]
    assert client.get("/brands/nobody/").status_code == 404


def test_a_listing_says_what_a_buyer_asks(client):
    listing = make.listing(
        original_price_cents=5000, colors=["red"], sizes=[{"size": "M", "quantity": 1}, {"size": "L", "quantity": 0}],
        flaws=[{"kind": "stain", "place": "cuff", "note": "faint", "photo_no": 1}],
    )  # fmt: skip

    html = client.get(listing.get_absolute_url()).content.decode()

    for words in (
        "$25",
        "$50",
        "you save $25 (50 %)",
        "Stain, cuff: faint",
        "photo 1",
        "Good",
        "Red",
        "Worn twice",
    ):
        assert words in html, words
    assert re.search(r'is-out">L', html)


def test_what_is_private_is_on_no_page(client):
    listing = make.listing(sku="BOX-17", cost_cents=123)

    pages = [listing.get_absolute_url(), "/", "/c/women/", f"/closet/{listing.seller_username}/"]

    for page in pages:
        assert "BOX-17" not in client.get(page).content.decode()
        assert "$1.23" not in client.get(page).content.decode()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REMOVED, Status.SUSPENDED])
def test_a_listing_that_is_not_public_is_not_found(client, status):
    listing = make.listing(status=status)

    client.force_login(make.verified_user())

    assert client.get(f"/listings/{listing.pk}/").status_code == 404


def test_the_address_of_a_draft_leads_its_seller_to_the_form(client):
    draft = make.draft()
    client.force_login(draft.seller)

    assert client.get(f"/listings/{draft.pk}/").url == f"/sell/{draft.pk}/"


def test_more_from_the_closet_leaves_the_listing_itself_out(client):
    seller = make.verified_user()
    one, other = make.listing(seller, title="One"), make.listing(seller, title="Other")
    make.listing(title="Of somebody else")

    assert titles(client.get(f"/listings/{one.pk}/more/", **HTMX)) == [other.title]
    assert client.get(f"/listings/{one.pk}/more/").url == seller.get_absolute_url()


def test_a_closet_shows_what_is_for_sale_and_what_was_sold(client):
    seller = make.verified_user("ada", display_name="Ada")
    make.listing(seller, title="For sale")
    make.listing(seller, title="Was sold", status=Status.SOLD)
    make.listing(seller, title="Secret", status=Status.DRAFT)

    assert titles(client.get("/closet/ada/")) == ["For sale"]
    assert titles(client.get("/closet/ada/?tab=sold")) == ["Was sold"]
    assert client.get("/closet/ada/?tab=about").status_code == 200
    assert client.get("/closet/Ada/").url == "/closet/ada/"
    assert client.get("/closet/nobody/").status_code == 404


def test_a_visitor_is_led_to_log_in_to_like(client):
    listing = make.listing()

    html = client.get("/c/women/").content.decode()

    assert f"/account/login/?next=/listings/{listing.pk}/" in html
    assert "csrfmiddlewaretoken" not in html  # no cookie for people who only look


def test_what_people_type_is_text_and_never_markup(client):
    listing = make.listing(title="<script>alert(1)</script>", description="<img src=x onerror=alert(1)>")

    for page in (listing.get_absolute_url(), "/c/women/", "/"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("title", ["Like", "Comments", "More", "着物"])
def test_no_title_takes_an_address_below_the_listing(client, title):
    listing = make.listing(title=title)

    assert client.get(listing.get_absolute_url()).status_code == 200
