"""Brands that people type: each name is one brand, whatever its slug loses."""

import threading

import pytest
from django.db import connection

from listings import services
from listings.models import Brand, Listing, Status
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "names",
    [("Nike 東京", "Nike 大阪"), ("Caka", "Całka"), ("Odz", "Łódź"),
     ("ダンス", "着物"), ("Hm Hm", "Hm ハHm"), ("!!!", "???")],
)  # fmt: skip
def test_names_that_share_their_ascii_letters_are_published_each(names, client):
    listings = [make.listing(brand=name) for name in names]

    for listing, name in zip(listings, names, strict=True):
        assert listing.status == Status.AVAILABLE
        assert client.get(f"/brands/{listing.brand_slug}/").status_code == 200
        assert services.brand_slug(name) == listing.brand_slug
    distinct = {name for name in names if name.strip("!?")}
    assert len({listing.brand_slug for listing in listings}) == max(len(distinct), 1)


def test_a_list_is_found_by_the_name_as_people_write_it(client):
    listing = make.listing(brand="ダンス")

    found = client.get("/c/women/", {"brand": "ダンス"}, follow=True).content.decode()
    none = client.get("/c/women/", {"brand": "着物"}, follow=True).content.decode()

    assert listing.get_absolute_url() in found
    assert listing.get_absolute_url() not in none


def test_a_slug_that_a_brand_of_another_name_has_is_not_waited_for():
    Brand.objects.create(
        name="Nike 東京", name_ci="nike 東京", slug="nikes-typed"
    )  # as the release before made it

    listing = make.listing(brand="Nikes")

    assert listing.brand_slug.startswith("nikes--")
    assert make.listing(brand="Nike 東京").brand_slug == "nikes-typed"


def test_the_same_new_brand_by_several_at_once_is_one():
    drafts, failed = [make.draft(brand="Neu am Platz") for _ in range(4)], []
    gate = threading.Barrier(len(drafts))

    def publish(draft):
        gate.wait()
        try:
            services.publish_listing(actor=draft.seller, listing=draft)
        except Exception as problem:  # noqa: BLE001  (a thread's error must reach the assertion)
            failed.append(problem)
        connection.close()

    threads = [threading.Thread(target=publish, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert set(Listing.objects.values_list("brand_slug", flat=True)) == {"neu-am-platz-typed"}
