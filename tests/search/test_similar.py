"""What stands below a listing and a brand: similar things, and what was paid."""

import pytest

from listings.models import Status
from marketplace.core.rules import override
from search.services import similar_to, sold_prices
from tests import make
from tests.listings.test_pages_browse import titles

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def test_the_nearest_comes_first_and_the_rest_after_it(client):
    one = make.listing(brand="Nike", title="One")
    far = make.listing(category="women-dresses-mini", brand="Levi's", title="Other leaf")
    near = make.listing(brand="Levi's", title="Same leaf")
    nearest = make.listing(brand="Nike", title="Same leaf, brand and size")
    make.listing(brand="Nike", title="Sold", status=Status.SOLD)
    make.listing(brand="Nike", title="Other department", category="men-shirts-t-shirts")

    assert [row.pk for row in similar_to(one)] == [nearest.pk, near.pk, far.pk]
    assert titles(client.get(f"/listings/{one.pk}/similar/", **HTMX)) == [
        nearest.title,
        near.title,
        far.title,
    ]
    assert "<html" in client.get(f"/listings/{one.pk}/similar/").content.decode()


def test_no_closet_fills_it():
    ada, one = make.verified_user("ada"), make.listing()
    for _ in range(5):
        make.listing(ada)
    other = make.listing()

    assert sum(row.seller[0] == "ada" for row in similar_to(one)) == 3
    assert other.pk in [row.pk for row in similar_to(one)]
    with override({"search.similar_seller_max": 1}):
        assert len(similar_to(one)) == 2
    with override({"search.similar": 1}):
        assert len(similar_to(one)) == 1


def test_nothing_is_like_what_nobody_may_see(client):
    hidden = make.listing(status=Status.SUSPENDED)

    assert client.get(f"/listings/{hidden.pk}/similar/").status_code == 404


def test_prices_are_shown_by_condition_from_enough_sales(client):
    seller = make.verified_user()
    for price in (1000, 2000, 3000, 4000, 100_000):
        make.listing(seller, brand="Nike", price_cents=price, status=Status.SOLD)
    for price in (500, 600, 700, 800):
        make.listing(seller, brand="Nike", condition="fair", price_cents=price, status=Status.SOLD)
    make.listing(seller, brand="Nike", price_cents=9000)

    (good,) = sold_prices("nike")

    assert (good.condition.code, good.count) == ("good", 5)
    assert [str(price) for price in (good.low, good.middle, good.high)] == ["$20", "$30", "$40"]
    html = client.get("/brands/nike/prices/", **HTMX).content.decode()
    assert "$20 – $40" in html and "$7" not in html
    with override({"search.sold_min": 4}):
        assert [row.count for row in sold_prices("nike")] == [5, 4]
    with override({"search.sold_counted": 4}):
        assert sold_prices("nike") == []


def test_a_brand_without_sales_says_when_there_will_be_prices(client):
    make.listing(brand="Nike")

    html = client.get("/brands/nike/prices/").content.decode()

    assert "5 things were sold" in html and "<table" not in html
    assert client.get("/brands/nobody/prices/").status_code == 404
