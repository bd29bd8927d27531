"""Every page and every form of the served site, met and sent by each kind of person: none answers with an error."""

import pytest

from listings import services as listings
from listings.models import Status
from marketplace.core.events import HANDLERS
from social import services as social
from tests import make
from tests.doors.walker import Walker

pytestmark = [pytest.mark.needs("chromium")]
LEAST_FORMS = {"visitor": 6, "shopper": 12, "seller": 20, "staff": 20}
STARTS = {
    "visitor": ("/", "/account/signup/", "/account/password/reset/"),
    "shopper": ("/", "/my/likes/", "/settings/profile/", "/settings/tokens/", "/account/email/"),
    "seller": ("/", "/my/closet/", "/sell/", "/closet-admin/", "/settings/profile/"),
    "staff": ("/staff/", "/"),
}


@pytest.fixture
def shop():
    """Something on every page: people, listings in each status, a talk, likes, a brand to look at."""
    people = {
        "shopper": make.verified_user("alma"), "seller": make.verified_user("vera"), "staff": make.staff("staffer"),
    }  # fmt: skip
    seller = people["seller"]
    open_one = make.listing(seller, brand="Tante Erna", sizes=[{"size": "M", "quantity": 2}])
    for status in (Status.DRAFT, Status.NOT_FOR_SALE, Status.SOLD, Status.SUSPENDED):
        make.listing(seller, status=status, title=f"A dress, {status}")
    listings.create_draft(seller=seller, title="Bare")
    make.listing(people["shopper"], title="A second closet")
    for person in people.values():
        make.comment(open_one, person)
        social.like_listing(user=person, listing_id=open_one.pk)
    assert HANDLERS
    return people


@pytest.mark.parametrize("who", LEAST_FORMS)
def test_no_form_is_dead(site, shop, browser, who):
    walker = Walker(site.url, browser.new_context(), STARTS[who])
    if who in shop:
        walker.log_in(shop[who].username)

    walker.walk()

    assert walker.problems == []
    assert walker.pages > 10 and len(walker.sent) >= LEAST_FORMS[who], (walker.pages, len(walker.sent))
