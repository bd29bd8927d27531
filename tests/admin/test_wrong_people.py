"""Every door of the back offices, tried by somebody it is not for."""

import pytest
from django.test import Client
from django.urls import reverse

from listings.models import Listing
from tests import make
from tests.admin.test_services_only import act, client_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    return make.listing(title="Not yours")


@pytest.fixture
def me():
    return client_of(make.verified_user())


@pytest.mark.parametrize("site", ["closet_admin", "staff"])
def test_visitors_are_sent_to_the_shops_login(site):
    answer = Client().get(reverse(f"{site}:index"), follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_seller_is_no_staff(me):
    for name in (
        "index",
        "listings_listing_changelist",
        "core_outboxentry_changelist",
        "accounts_user_changelist",
    ):
        assert me.get(reverse(f"staff:{name}")).status_code == 302


def test_the_list_shows_only_what_is_mine(me, theirs):
    assert "Not yours" not in me.get(reverse("closet_admin:listings_listing_changelist")).content.decode()


@pytest.mark.parametrize("door", ["change", "delete", "history"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_direct_addresses_of_others_listings_lead_nowhere(me, theirs, door, method):
    url = reverse(f"closet_admin:listings_listing_{door}", args=[theirs.pk])

    answer = getattr(me, method)(url, form_of(theirs, title="Mine now") | {"post": "yes"})

    assert answer.status_code in {302, 403, 404}
    after = Listing.objects.get(pk=theirs.pk)
    assert (after.title, after.status) == ("Not yours", "available")


@pytest.mark.parametrize("action", ["list_them", "take_off_sale", "remove_them"])
def test_actions_on_others_listings_do_nothing(me, theirs, action):
    act(me, "closet_admin", action, theirs)

    assert Listing.objects.get(pk=theirs.pk).status == "available"


def test_search_does_not_leak(me, theirs):
    assert "Not yours" not in me.get(reverse("closet_admin:search"), {"s": "Not yours"}).content.decode()


def test_stock_of_others_cannot_be_smuggled_into_my_form(theirs):
    seller = make.verified_user()
    mine = make.listing(seller)
    stolen = theirs.stock.get()
    form = form_of(mine) | {
        "stock-0-id": str(stolen.pk),
        "stock-0-listing": str(theirs.pk),
        "stock-0-quantity": 9,
    }

    client_of(seller).post(reverse("closet_admin:listings_listing_change", args=[mine.pk]), form)

    assert theirs.stock.get().quantity == 1


def test_nobody_edits_another_persons_profile(me):
    other = make.verified_user("other")

    answer = me.post(
        reverse("closet_admin:accounts_user_change", args=[other.pk]),
        {"display_name": "Hacked", "currency": "USD"},
    )

    other.refresh_from_db()
    assert answer.status_code in {302, 403, 404}
    assert other.display_name == ""
