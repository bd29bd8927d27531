"""Uploads through the doors: a refused file costs nothing else, and what nobody should send has a plain answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from listings import services
from listings.models import Listing
from marketplace.core.pictures import Image
from tests import make
from tests.admin.test_services_only import change_url, form_of
from tests.api.clients import as_person, with_token

pytestmark = pytest.mark.django_db
BAD = b"nonsense"


def bad(name="bad.jpg"):
    return SimpleUploadedFile(name, BAD, "image/jpeg")


def photos_of(listing):
    return f"/api/v1/listings/{listing.pk}/photos/"


def test_of_one_good_and_one_bad_file_the_api_keeps_the_good_one():
    draft = make.draft(photos=0)
    client = with_token(draft.seller, "listings:write")

    for files in ([make.jpeg(), bad()], [SimpleUploadedFile("empty.jpg", b""), make.jpeg()]):
        answer = client.post(photos_of(draft), {"photos": files}, format="multipart")

        assert answer.status_code == 200
        rows = answer.json()
        assert [row["name"] for row in rows] == [file.name for file in files]
        assert sorted(row["code"] for row in rows) == ["", "invalid"]
        assert [bool(row["photo"]) for row in rows] == [row["code"] == "" for row in rows]

    assert Listing.objects.get().photo_count == 2


@pytest.mark.parametrize("client_of", [as_person, lambda user: with_token(user, "listings:write")])
def test_too_many_files_are_a_problem_document_that_names_the_limit(client_of):
    draft = make.draft(photos=0)

    answer = client_of(draft.seller).post(
        photos_of(draft), {"photos": [bad(f"{number}.jpg") for number in range(41)]}, format="multipart"
    )

    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "too_many_files"
    assert "at most 40 files" in answer.json()["detail"]


def test_too_many_files_on_a_page_name_the_limit_too(client):
    draft = make.draft(photos=0)
    client.force_login(draft.seller)

    answer = client.post(f"/sell/{draft.pk}/", {"photos": [bad(f"{number}.jpg") for number in range(41)]})

    assert answer.status_code == 400
    assert "At most 40 files" in answer.content.decode()


def test_without_a_confirmed_address_nothing_is_uploaded_and_what_was_typed_stays(client):
    person = make.user()
    client.force_login(person)

    answer = client.post("/sell/", {"title": "Linen shirt", "photos": [make.jpeg()], "do": "save"})

    assert answer.status_code == 403
    assert 'value="Linen shirt"' in answer.content.decode()
    assert Listing.objects.get().title == "Linen shirt"
    draft = services.create_draft(seller=person)
    told = with_token(person, "listings:write").post(
        photos_of(draft), {"photos": [make.jpeg()]}, format="multipart"
    )
    assert (told.status_code, told.json()["code"]) == (403, "email_not_verified")
    script = client.post(f"/sell/{draft.pk}/photos/", {"photos": make.jpeg()})
    assert (script.status_code, script.json()["photos"]) == (403, [])
    assert script.json()["errors"][0]["message"]
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    "name", ["d7", "d7/", "..", "../../etc/passwd", "%2e%2e/x", "d7/no/card.webp", "a\0b", "d7/" + "a" * 5000]
)
def test_what_is_no_picture_is_not_found(client, name):
    draft = make.draft(photos=1)
    services.render_photo(key=draft.photo_keys[0])
    key = draft.photo_keys[0]
    assert client.get(f"/media/{key[:2]}/{key}/card.webp").status_code == 200

    for address in (name, key[:2], f"{key[:2]}/{key}"):
        assert client.get(f"/media/{address}").status_code == 404


@pytest.mark.parametrize("do", ["up:x", "down:x", "up:", "remove:x"])
def test_moving_a_photo_that_is_not_there_is_not_found(client, do):
    draft = make.draft(photos=0)
    client.force_login(draft.seller)

    answer = client.post(f"/sell/{draft.pk}/", {"title": "Linen shirt", "do": do})

    assert answer.status_code == 404
    assert Listing.objects.get().title == "Linen shirt"


@pytest.mark.parametrize("place", ["²", "-1", "x", "", "9" * 400])
def test_any_place_of_a_photo_in_the_admin_has_an_answer(client, place):
    listing = make.listing(photos=2)
    client.force_login(listing.seller)
    values = form_of(listing, title="Better title")
    values["photos-place"] = [place, "1"]

    answer = client.post(change_url("closet_admin", listing), values)

    assert answer.status_code in {200, 302}
    assert sorted(Listing.objects.get().photo_keys) == sorted(listing.photo_keys)


def test_a_refused_form_of_the_admin_does_not_cost_the_file_twice(client):
    listing = make.listing()
    client.force_login(listing.seller)
    url, photo = change_url("closet_admin", listing), make.jpeg()

    refused = client.post(url, form_of(listing, title="", **{"photos-new": photo}))
    photo.seek(0)
    saved = client.post(url, form_of(listing, title="Better title", **{"photos-new": photo}))

    assert (refused.status_code, saved.status_code) == (200, 302)
    after = Listing.objects.get()
    assert (after.title, after.photo_count) == ("Better title", 2)
    assert [image.uses for image in Image.objects.filter(key__in=after.photo_keys)] == [1, 1]
