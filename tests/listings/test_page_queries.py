"""What pages cost: at most three queries for a visitor and six for somebody who is logged in, all by index."""

import pytest
from django.test import Client

from listings.models import Listing
from listings.services import load_taxonomy
from marketplace.core.rules import override
from tests import make
from tests.fixtures.queries import recording

VISITOR, PERSON = 3, 6
pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    """Enough listings that the planner has to choose, in several closets and categories."""
    load_taxonomy()
    sellers = [make.verified_user(f"seller{n}") for n in range(3)]
    leaves = ["women-dresses-maxi", "women-dresses-mini", "men-shirts-t-shirts"]
    for n in range(30):
        listing = make.listing(sellers[n % 3], category=leaves[n % 3], price_cents=1000 + n)
    make.comment(listing)
    return listing


PAGES = {
    "listing": lambda listing: listing.get_absolute_url(),
    "category": lambda listing: "/c/women-dresses/",
    "department": lambda listing: "/c/women/",
    "leaf by price": lambda listing: "/c/women-dresses-maxi/?sort=price_asc",
    "brand": lambda listing: f"/brands/{listing.brand_slug}/",
    "closet": lambda listing: f"/closet/{listing.seller_username}/",
    "home": lambda listing: "/",
    "API list": lambda listing: "/api/v1/listings/",
    "API detail": lambda listing: f"/api/v1/listings/{listing.pk}/",
    "API comments": lambda listing: f"/api/v1/listings/{listing.pk}/comments/",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["visitor", "person"])
def test_a_page_asks_little_and_by_index(page, who, shop):
    client, url = Client(), PAGES[page](shop)
    if who == "person":
        client.force_login(make.verified_user("ada"), "django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 200  # warms what is cached for everybody

    with recording() as commands, override({"page.cache_seconds": 0}):
        answer = client.get(url)

    assert answer.status_code == 200
    assert len(commands) <= (VISITOR if who == "visitor" else PERSON), commands.names()
    assert commands.plans() == []


def test_a_plan_that_scans_is_seen():
    with recording() as commands:
        list(Listing.objects.filter(title="x"))
        list(Listing.objects.filter(status="available").order_by("title")[:5])

    assert len(commands.plans()) == 2
