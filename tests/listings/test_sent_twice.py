"""The form that makes a listing, sent again: one listing, and nothing that was typed is lost."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from listings import services
from listings.models import Listing, Status, Stock
from tests import make
from tests.listings.open_form import OpenForm

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Linen shirt", "category": "Women / Dresses / Maxi dresses", "brand": "Tante Erna", "size": ["M"],
    "quantity": ["2"], "condition": "good", "colors": ["red"], "description": "Soft.", "price": "25.50",
}  # fmt: skip


@pytest.fixture
def form(client):
    client.force_login(make.verified_user())
    return OpenForm(client, "/sell/")


def send(form, data, client=None, **typed):
    photo = SimpleUploadedFile("a.jpg", data, "image/jpeg")
    return (client or form.client).post("/sell/", {**form.values, **TYPED, "photos": [photo], **typed})


def test_listing_it_twice_makes_one_listing(form):
    data = make.jpeg().read()

    first, second = (send(form, data, do="publish") for _ in range(2))

    listing = Listing.objects.get()
    assert first.url == second.url == listing.get_absolute_url()
    assert (listing.status, listing.photo_count) == (Status.AVAILABLE, 1)
    assert [(row.size_label, row.quantity) for row in Stock.objects.of(listing.pk)] == [("M", 2)]


def test_two_that_come_at_the_same_moment_end_at_the_same_listing(form):
    data, found = make.jpeg().read(), []
    person = Client()
    person.cookies = form.client.cookies

    def act():
        found.append(send(form, data, person, do="publish"))
        connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    listing = Listing.objects.get()
    assert {(answer.status_code, answer["Location"]) for answer in found} == {
        (302, listing.get_absolute_url())
    }
    assert (listing.status, listing.photo_count, listing.units_open) == (Status.AVAILABLE, 1, 2)


def test_a_draft_that_is_saved_twice_is_one(form):
    data = make.jpeg().read()

    first, second = (send(form, data, do="save") for _ in range(2))

    assert first.url == second.url == f"/sell/{Listing.objects.get().pk}/"


@pytest.mark.parametrize(
    "other", [{"title": "Wool coat"}, {"size": ["L"]}, {"quantity": ["3"]}, {"sku": "A-1"}]
)
@pytest.mark.parametrize("became", ["published", "removed"])
def test_other_words_in_the_same_form_are_another_listing_once_that_is_said(form, other, became):
    data = make.jpeg().read()
    send(form, data, do="publish")
    if became == "removed":
        services.remove_listing(actor=Listing.objects.get().seller, listing=Listing.objects.get())

    refused = send(form, make.jpeg().read(), do="publish", **other)
    assert refused.status_code == 409
    assert "has made a listing already" in refused.content.decode()
    assert Listing.objects.count() == 1
    form.read(refused)
    for name, value in other.items():
        assert (
            value == form.values[name][: len(value)]
            if isinstance(value, list)
            else [value] == form.values[name]
        )

    assert send(form, make.jpeg().read(), do="publish", **other).status_code == 302
    assert Listing.objects.count() == 2


def test_a_key_is_the_sellers_own(form, client):
    send(form, make.jpeg().read())
    client.force_login(make.verified_user())

    assert send(form, make.jpeg().read()).status_code == 302

    assert Listing.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 5000, "\u0000"])
def test_without_a_usable_key_each_form_makes_one(form, key):
    for _ in range(2):
        assert send(form, make.jpeg().read(), key=key).status_code in {302, 422}

    assert Listing.objects.count() == 2
