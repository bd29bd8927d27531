import threading

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from listings import services
from listings.errors import ListingIncomplete
from listings.models import Listing
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.pictures import Image, usage
from marketplace.core.rules import override
from tests import make

pytestmark = pytest.mark.django_db


def photos_of(listing):
    return Listing.objects.get(pk=listing.pk).photos


def test_one_bad_file_does_not_cost_the_others():
    draft = make.draft(photos=0)
    files = [make.jpeg("a.jpg"), SimpleUploadedFile("b.jpg", b"nonsense"), make.jpeg("c.jpg")]

    results = services.add_photos(actor=draft.seller, listing=draft, uploads=files)

    assert [(row.name, row.error is None) for row in results] == [
        ("a.jpg", True),
        ("b.jpg", False),
        ("c.jpg", True),
    ]
    assert "b.jpg is not a photo" in results[1].error.fields["photos"][0]
    assert len(photos_of(draft)) == 2


def test_a_picture_is_rendered_by_the_worker_and_then_shown(deliver):
    draft = make.draft(photos=1)
    assert photos_of(draft)[0].url("card") == ""

    deliver()

    photo = photos_of(draft)[0]
    assert photo.is_ready
    assert default_storage.exists(f"{photo.key[:2]}/{photo.key}/card.webp")
    assert photo.url("card").endswith("/card.webp")


def test_identical_files_are_rendered_once(deliver, monkeypatch):
    rendered = []
    original = usage.render
    monkeypatch.setattr(usage, "render", lambda data, forms: rendered.append(data) or original(data, forms))
    same = make.jpeg(color=(1, 2, 3)).read()
    drafts = [make.draft(photos=0) for _ in range(3)]
    for draft in drafts:
        services.add_photos(actor=draft.seller, listing=draft, uploads=[SimpleUploadedFile("s.jpg", same)])

    deliver()

    assert len(rendered) == 1
    assert all(photos_of(draft)[0].is_ready for draft in drafts)
    assert Image.objects.get().uses == 3


def test_a_picture_already_rendered_is_ready_at_once(deliver):
    same = make.jpeg().read()
    first, second = make.draft(photos=0), make.draft(photos=0)
    services.add_photos(actor=first.seller, listing=first, uploads=[SimpleUploadedFile("s.jpg", same)])
    deliver()

    services.add_photos(actor=second.seller, listing=second, uploads=[SimpleUploadedFile("s.jpg", same)])

    assert photos_of(second)[0].is_ready


def test_the_same_photo_twice_on_one_listing_is_refused():
    draft = make.draft(photos=0)
    same = make.jpeg().read()

    results = services.add_photos(
        actor=draft.seller,
        listing=draft,
        uploads=[SimpleUploadedFile(name, same) for name in ("a.jpg", "b.jpg")],
    )

    assert [row.error is None for row in results] == [True, False]


def test_photos_have_a_limit_that_is_named():
    draft = make.draft(photos=0)
    with override({"listing.photos_max": 2}):
        results = services.add_photos(
            actor=draft.seller, listing=draft, uploads=[make.jpeg() for _ in range(3)]
        )

    assert [row.error is None for row in results] == [True, True, False]
    assert "at most 2 photos" in results[2].error.fields["photos"][0]


def test_the_first_in_order_is_the_cover():
    draft = make.draft(photos=3)
    first, second, third = draft.photo_keys

    services.order_photos(actor=draft.seller, listing=draft, keys=[third, first, second])

    after = Listing.objects.get()
    assert after.photo_keys == [third, first, second]
    assert after.cover.key == third


def test_an_order_must_name_each_photo_once():
    draft = make.draft(photos=2)

    with pytest.raises(Invalid):
        services.order_photos(actor=draft.seller, listing=draft, keys=[draft.photo_keys[0]])


def test_a_photo_is_taken_off_but_the_last_of_a_published_listing_stays():
    listing = make.listing(photos=2)
    first, second = listing.photo_keys

    services.remove_photo(actor=listing.seller, listing=listing, key=first)
    with pytest.raises(ListingIncomplete):
        services.remove_photo(actor=listing.seller, listing=listing, key=second)

    after = Listing.objects.get()
    assert (after.photo_keys, after.photo_count) == ([second], 1)


def test_nobody_touches_anothers_photos():
    listing = make.listing()
    other = make.verified_user()

    for attempt in (
        lambda: services.add_photos(actor=other, listing=listing, uploads=[make.jpeg()]),
        lambda: services.remove_photo(actor=other, listing=listing, key=listing.photo_keys[0]),
        lambda: services.order_photos(actor=other, listing=listing, keys=listing.photo_keys),
    ):
        with pytest.raises(NotFound):
            attempt()

    assert [photo.key for photo in photos_of(listing)] == listing.photo_keys


@pytest.mark.django_db
def test_photos_sent_side_by_side_all_arrive():
    draft = make.draft(photos=0)
    results = []

    def send():
        results.extend(services.add_photos(actor=draft.seller, listing=draft, uploads=[make.jpeg()]))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [row.error for row in results] == [None] * 8
    after = Listing.objects.get()
    assert (len(after.photos), len(after.photo_keys), after.photo_count) == (8, 8, 8)
