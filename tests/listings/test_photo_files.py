"""Uploads are stored within the limits, decoded by workers only, and tried again when the storage is away."""

import pytest
from django.core.files.storage import storages

from accounts import services as accounts
from accounts.errors import EmailNotVerified
from listings import services
from listings.models import Listing
from marketplace.core import pictures
from marketplace.core.errors import TooMany, Unavailable
from marketplace.core.pictures import Image
from marketplace.core.rules import override
from tests import make
from tests.listings.picture_files import original, send

pytestmark = pytest.mark.django_db


def test_nothing_is_decoded_where_it_arrives(monkeypatch):
    monkeypatch.setattr(pictures.usage, "render", lambda *_args: pytest.fail("decoded in the web process"))
    draft = make.draft(photos=2)

    accounts.set_avatar(user=draft.seller, upload=make.jpeg())

    assert [photo.color for photo in draft.photos] == [pictures.NEUTRAL] * 2


def test_the_worker_fills_in_the_colour(deliver):
    draft = make.draft(photos=0)
    send(draft, make.jpeg(color=(250, 40, 30)).read())

    deliver()

    assert Listing.objects.get().photos[0].color.startswith("#f")


def test_who_has_not_confirmed_their_address_uploads_nothing():
    person = make.user()
    draft = services.create_draft(seller=person)

    with pytest.raises(EmailNotVerified):
        services.add_photos(actor=person, listing=draft, uploads=[make.jpeg()])
    with pytest.raises(EmailNotVerified):
        accounts.set_avatar(user=person, upload=make.jpeg())

    assert not Image.objects.exists()


def test_past_the_limit_nothing_is_stored():
    draft = make.draft(photos=0)

    with override({"limit.photo.count": 1}):
        results = services.add_photos(
            actor=draft.seller, listing=draft, uploads=[make.jpeg(), make.jpeg(), make.jpeg()]
        )
        with pytest.raises(TooMany):
            accounts.set_avatar(user=draft.seller, upload=make.jpeg())

    assert [type(row.error) for row in results] == [type(None), TooMany, TooMany]
    assert Image.objects.count() == 1


def test_of_a_full_listing_nothing_more_is_stored():
    draft = make.draft(photos=0)

    with override({"listing.photos_max": 1}):
        services.add_photos(actor=draft.seller, listing=draft, uploads=[make.jpeg(), make.jpeg()])

    assert Image.objects.count() == 1


def test_a_storage_that_is_away_delays_a_photo_and_does_not_fail_it(deliver, settings, tmp_path):
    draft = make.draft(photos=1)
    there, away = settings.STORAGES, tmp_path / "a file where the folder should be"
    away.write_text("")
    settings.STORAGES = there | {
        "originals": there["originals"] | {"OPTIONS": {"location": str(away), "base_url": None}}
    }
    with pytest.raises(OSError, match="Not a directory"):
        services.render_photo(key=draft.photo_keys[0])
    assert Image.objects.get().state == Image.State.PENDING
    assert not Listing.objects.get().photos[0].error

    settings.STORAGES = there
    deliver()

    assert Listing.objects.get().photos[0].is_ready


def test_a_rendition_that_cannot_be_written_is_tried_again(deliver, settings, tmp_path):
    draft = make.draft(photos=1)
    there, full = settings.STORAGES, tmp_path / "full"
    full.write_text("")
    settings.STORAGES = there | {"default": there["default"] | {"OPTIONS": {"location": str(full)}}}
    with pytest.raises(OSError, match="directory"):
        services.render_photo(key=draft.photo_keys[0])
    assert Image.objects.get().state == Image.State.PENDING

    settings.STORAGES = there
    deliver()

    assert Listing.objects.get().photos[0].is_ready


def test_an_original_that_is_not_whole_is_tried_again():
    draft = make.draft(photos=1)
    image = Image.objects.get()
    with storages["originals"].open(original(image)) as file:
        whole = file.read()
    with storages["originals"].open(original(image), "wb") as file:
        file.write(whole[: len(whole) // 2])

    with pytest.raises(OSError, match="not whole"):
        services.render_photo(key=draft.photo_keys[0])

    assert Image.objects.get().state == Image.State.PENDING


def test_what_cannot_be_decoded_is_said_on_the_listing(deliver):
    draft = make.draft(photos=1)
    cut = make.jpeg(size=(900, 900)).read()
    assert send(draft, cut[: len(cut) // 2], "cut.jpg").error is None

    deliver()

    good, bad = Listing.objects.get().photos
    assert (good.is_ready, bad.is_ready) == (True, False)
    assert "could not be read" in bad.error


def test_an_upload_that_cannot_be_stored_is_a_refusal_and_works_the_next_time(settings, tmp_path):
    draft, data = make.draft(photos=0), make.jpeg().read()
    there, away = settings.STORAGES, tmp_path / "away"
    away.write_text("")
    settings.STORAGES = there | {
        "originals": there["originals"] | {"OPTIONS": {"location": str(away), "base_url": None}}
    }
    assert isinstance(send(draft, data).error, Unavailable)

    settings.STORAGES = there

    assert send(draft, data).error is None
    assert storages["originals"].exists(original(Image.objects.get()))
