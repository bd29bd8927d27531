"""A form of the back offices is saved as a whole or not at all."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse

from listings import services
from listings.models import Listing, Status
from tests import make
from tests.admin.test_services_only import NEW, change_url, client_of, form_of
from tests.mongo.failpoint import COLLIDES, failing

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    return make.verified_user()


@pytest.fixture
def desk(seller) -> Client:
    return client_of(seller)


def test_title_photo_and_status_are_saved_together(desk, seller):
    listing = make.draft(seller)

    answer = desk.post(
        change_url("closet_admin", listing),
        form_of(listing, title="Better title", **{"photos-new": make.jpeg(), NEW: "1"}),
    )

    assert answer.status_code == 302
    after = Listing.objects.get()
    assert (after.title, after.photo_count, after.status) == ("Better title", 2, Status.AVAILABLE)
    assert LogEntry.objects.filter(object_id=str(listing.pk)).count() == 1


def test_what_cannot_be_listed_is_not_saved_either(desk, seller):
    listing = make.draft(seller, description=None)

    answer = desk.post(
        change_url("closet_admin", listing),
        form_of(listing, title="Better title", description="", **{"photos-new": make.jpeg(), NEW: "1"}),
    )

    assert "Describe it in a few words." in answer.content.decode()
    assert "Better title" in answer.content.decode()
    after = Listing.objects.get()
    assert (after.title, after.photo_count, after.status) == (listing.title, 1, Status.DRAFT)
    assert not LogEntry.objects.exists()


def test_a_collision_saves_the_form_once(desk, seller):
    listing = make.draft(seller)

    with failing("default", "commitTransaction", **COLLIDES):
        answer = desk.post(
            change_url("closet_admin", listing),
            form_of(listing, title="Better title", **{"photos-new": make.jpeg()}),
        )

    after = Listing.objects.get()
    assert (answer.status_code, after.title, after.photo_count) == (302, "Better title", 2)
    assert LogEntry.objects.count() == 1
    page = desk.get(answer.url).content.decode()
    assert page.count("was changed successfully") == 1


def test_a_refused_removal_changes_nothing_and_says_why(desk, seller):
    listing = make.draft(seller)
    services.remove_listing(actor=seller, listing=listing)
    url = reverse("closet_admin:listings_listing_delete", args=[listing.pk])

    answer = desk.post(url, {"post": "yes"}, follow=True)

    assert answer.status_code == 200
    assert Listing.objects.get().status == Status.REMOVED
    assert connection.session is None
