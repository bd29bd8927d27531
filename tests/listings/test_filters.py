"""Lists of what is for sale: any combination of what narrows them is one exact read of one index."""

import itertools
import re

import pytest
from django.test import Client
from rest_framework.test import APIClient

from listings import services
from listings.models import Listing, Status, faceted
from listings.services import load_taxonomy
from marketplace.core.rules import override
from tests import make
from tests.fixtures.queries import recording

pytestmark = pytest.mark.django_db
LIST = "/api/v1/listings/"
CHOSEN = {"category": "women-dresses", "brand": "nike", "size": "L", "color": "blue", "condition": "fair"}
COMBINATIONS = [names for n in range(6) for names in itertools.combinations(CHOSEN, n)]


@pytest.fixture
def shop():
    """One rare listing that has all of CHOSEN, last among newer and dearer ones that lack some of it."""
    load_taxonomy()
    seller = make.verified_user()
    rare = make.listing(seller, title="Rare", brand="Nike", colors=["blue"], condition="fair", price_cents=1000,
                        sizes=[{"size": "L", "quantity": 1}])  # fmt: skip
    for number in range(7):
        make.listing(seller, title=f"Common {number}", price_cents=2000 + number)
    return rare


def test_the_api_offers_every_combination(shop):
    for names in COMBINATIONS:
        query = {name: CHOSEN[name] for name in names}

        with recording() as commands, override({"page.cache_seconds": 0, "search.page_size": 5}):
            newest = APIClient().get(LIST, query)
            dear = APIClient().get(LIST, query | {"sort": "price_desc", "price_min": 500, "price_max": 99900})

        for answer in (newest, dear):
            titles = [row["title"] for row in answer.json()["results"]]
            assert titles == ["Rare"] if set(names) - {"category"} else len(titles) == 5, names
        assert commands.plans() == [], names


@pytest.mark.parametrize("sort", ["", "price_asc", "price_desc"])
def test_pages_narrow_and_page_by_index(sort, shop):
    query = {"color": "blue", "condition": "fair", "brand": "Nike", "size": "L", "sort": sort}
    for page in ("/c/women/", "/c/women-dresses/", "/c/women-dresses-maxi/", "/brands/nike/"):
        with recording() as commands, override({"page.cache_seconds": 0, "search.page_size": 5}):
            narrow = Client().get(page, query).content.decode()
            first = Client().get("/c/women-dresses/", {"sort": sort})
            following = Client().get("/c/women-dresses/" + link_in(first))

        assert "Rare" in narrow
        assert "Common" not in narrow
        assert following.status_code == 200
        assert commands.plans() == []


def link_in(response):
    return re.search(r'rel="next" href="([^"]+)"', response.content.decode()).group(1).replace("&amp;", "&")


def test_facets_follow_every_edit():
    seller = make.verified_user()
    listing = make.listing(seller)
    edits = [
        {"category": "men-shirts-t-shirts"}, {"brand": "Nike"}, {"brand": ""}, {"colors": ["blue", "red"]},
        {"sizes": [{"size": "S", "quantity": 1}, {"size": "XL", "quantity": 2}]}, {"title": "Another"},
    ]  # fmt: skip

    for edit in edits:
        services.edit_listing(actor=seller, listing=listing, **edit)
        listing = Listing.objects.get(pk=listing.pk)
        assert sorted(listing.facets) == sorted(faceted(listing)["facets"]), edit


def test_what_is_not_on_sale_is_in_no_list():
    for status in set(Status) - {Status.AVAILABLE}:
        make.listing(status=status)

    assert APIClient().get(f"{LIST}?color=red").json()["results"] == []
