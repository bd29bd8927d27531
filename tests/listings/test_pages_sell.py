"""The sell form without scripts (plain posts) and with them (JSON); one's own closet."""

import json
import re

import pytest

from listings.models import Listing, Status, Stock
from tests import make

pytestmark = pytest.mark.django_db
FIELDS = {
    "title": "Linen shirt", "category": "Women / Dresses / Maxi dresses", "brand": "Nike", "size": ["M", "L"],
    "quantity": ["1", "2"], "condition": "good", "flaw_kind": ["stain", ""], "flaw_place": ["cuff", ""],
    "flaw_note": ["faint", ""], "flaw_photo": ["1", ""], "colors": ["red"], "description": "Soft.", "price": "25.50",
    "original_price": "40", "currency": "USD", "sku": "BOX-1", "cost": "3",
}  # fmt: skip
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def seller(client):
    person = make.verified_user("ada")
    client.force_login(person)
    return person


def only() -> Listing:
    return Listing.objects.get()


def test_a_visitor_logs_in_first(client):
    assert client.get("/sell/").url == "/account/login/?next=/sell/"
    assert client.post("/sell/", FIELDS).status_code == 302
    assert not Listing.objects.exists()


def test_one_post_lists_it(client, seller):
    response = client.post("/sell/", FIELDS | {"photos": [make.jpeg(), make.jpeg()], "do": "publish"})

    listing = only()
    assert response.url == listing.get_absolute_url()
    assert (listing.status, listing.title, listing.price_cents, listing.photo_count) == (
        Status.AVAILABLE, "Linen shirt", 2550, 2,
    )  # fmt: skip
    assert [(row.size_label, row.quantity) for row in Stock.objects.of(listing.pk)] == [("M", 1), ("L", 2)]
    assert (listing.flaws[0].kind, listing.flaws[0].note, listing.sku, listing.cost_cents) == (
        "stain", "faint", "BOX-1", 300,
    )  # fmt: skip
    assert listing.category_path[-1] == "women-dresses-maxi"


def test_a_draft_is_saved_with_whatever_there_is(client, seller):
    response = client.post("/sell/", {"title": "Half a thought", "do": "save"})

    listing = only()
    assert response.url == f"/sell/{listing.pk}/"
    assert (listing.status, listing.title) == (Status.DRAFT, "Half a thought")
    assert 'value="Half a thought"' in client.get(response.url).content.decode()


def test_publishing_says_everything_that_is_missing_at_once_and_keeps_the_rest(client, seller):
    response = client.post("/sell/", {"title": "Linen shirt", "do": "publish", "photos": [make.jpeg()]})

    html = response.content.decode()
    assert response.status_code == 422
    for words in ("Describe it", "Choose a category", "what condition", "Set a price", "at least one size"):
        assert words in html, words
    assert 'value="Linen shirt"' in html
    assert (only().title, only().photo_count, only().status) == ("Linen shirt", 1, Status.DRAFT)


def test_what_is_wrong_stays_on_the_form_and_the_rest_is_saved(client, seller):
    wrong = FIELDS | {"title": "x" * 81, "price": "a lot", "category": "Moustaches"}

    response = client.post("/sell/", wrong | {"do": "publish", "photos": [make.jpeg()]})

    html, listing = response.content.decode(), only()
    assert response.status_code == 422
    assert "x" * 81 in html and 'value="a lot"' in html and 'value="Moustaches"' in html
    assert "81 characters; at most 80 fit." in html
    assert "Type an amount like 25 or 12.50." in html
    assert (listing.title, listing.description, listing.brand_name) == ("", "Soft.", "Nike")
    assert listing.status == Status.DRAFT


def test_a_wrong_field_keeps_an_otherwise_complete_draft_from_being_listed(client, seller):
    draft = make.draft(seller)

    response = client.post(f"/sell/{draft.pk}/", FIELDS | {"title": "x" * 81, "do": "publish"})

    assert response.status_code == 422
    assert only().status == Status.DRAFT


def test_a_bad_file_costs_no_other(client, seller):
    bad = make.jpeg("bad.jpg")
    bad.file.seek(0)
    bad.file.write(b"no picture at all")
    bad.file.seek(0)

    response = client.post("/sell/", FIELDS | {"photos": [make.jpeg(), bad, make.jpeg()], "do": "publish"})

    assert response.status_code == 422
    assert "bad.jpg" in response.content.decode()
    assert only().photo_count == 2


def test_a_person_without_a_confirmed_address_keeps_a_draft(client):
    client.force_login(make.user("newcomer"))

    response = client.post("/sell/", FIELDS | {"photos": [make.jpeg()], "do": "publish"})

    assert response.status_code == 403
    assert "confirm your e-mail address" in response.content.decode()
    assert (only().status, only().title) == (Status.DRAFT, "Linen shirt")


def test_photos_move_and_leave_by_plain_buttons(client, seller):
    draft = make.draft(seller, photos=3)
    first, second, third = draft.photo_keys

    client.post(f"/sell/{draft.pk}/", FIELDS | {"do": f"up:{second}"})
    assert only().photo_keys == [second, first, third]
    client.post(f"/sell/{draft.pk}/", FIELDS | {"do": f"down:{third}"})
    assert only().photo_keys == [second, first, third]
    response = client.post(f"/sell/{draft.pk}/", FIELDS | {"do": f"remove:{second}"})

    assert only().photo_keys == [first, third]
    assert only().title == "Linen shirt"  # what was typed is saved by the same press
    assert response.url == f"/sell/{draft.pk}/"


def test_a_public_listing_changes_whole_or_not_at_all(client, seller):
    listing = make.listing(seller)

    response = client.post(f"/sell/{listing.pk}/", FIELDS | {"title": "x" * 81, "do": "save"})
    assert response.status_code == 422
    assert only().title == listing.title and only().brand_name == listing.brand_name

    response = client.post(f"/sell/{listing.pk}/", FIELDS | {"do": "save"})
    assert response.url == only().get_absolute_url()
    assert only().title == "Linen shirt"


@pytest.mark.parametrize("page", ["", "publish/", "status/", "photos/", "photos/order/", "photos/remove/"])
def test_nobody_changes_what_is_somebody_elses(client, page):
    listing = make.listing()
    client.force_login(make.verified_user())

    response = client.post(
        f"/sell/{listing.pk}/{page}", FIELDS | {"status": "removed", "key": listing.photo_keys}
    )

    assert response.status_code == 404
    assert only().revision == listing.revision


def test_a_script_starts_a_draft_and_saves_as_one_types(client, seller):
    answer = client.post("/sell/", {"title": "L"}, **SCRIPT).json()
    address = f"/sell/{answer['id']}/"

    assert answer["errors"] == {}
    wrong = client.post(address, {"title": "x" * 81, "description": "Soft."}, **SCRIPT)

    assert wrong.status_code == 200
    assert list(wrong.json()["errors"]) == ["title"]
    assert (only().title, only().description) == ("L", "Soft.")


def test_a_script_adds_orders_and_removes_photos(client, seller):
    draft = make.draft(seller, photos=0)
    photos = f"/sell/{draft.pk}/photos/"

    keys = [client.post(photos, {"photos": make.jpeg()}).json()["photos"][0]["key"] for _ in range(2)]
    assert client.post(f"{photos}order/", {"key": keys[::-1]}).json()["photos"][0]["key"] == keys[1]
    assert client.post(f"{photos}order/", {"key": keys[:1]}).status_code == 422
    client.post(f"{photos}remove/", {"key": keys[1]})

    assert only().photo_keys == keys[:1]


def test_a_script_is_told_why_a_photo_was_refused(client, seller):
    draft = make.draft(seller, photos=0)
    bad = make.jpeg("bad.jpg")
    bad.file.write(b"x")
    bad.file.truncate(1)

    response = client.post(f"/sell/{draft.pk}/photos/", {"photos": bad})

    assert response.status_code == 422
    assert "bad.jpg" in response.json()["errors"][0]["message"]


def test_the_sizes_of_a_category_are_offered(client):
    html = client.get("/sell/sizes/", {"category": "Women / Dresses / Maxi dresses"}).content.decode()

    assert '<option value="M">' in html
    assert client.get("/sell/sizes/", {"category": "Moustaches"}).content.decode().strip() == ""


def test_the_form_knows_what_you_earn(client, seller):
    draft = make.draft(seller, price_cents=2500)

    html = client.get(f"/sell/{draft.pk}/").content.decode()

    assert "$22.50" in html  # 25.00 less 8 % and the fixed 0.50
    assert client.get("/sell/earning/", {"price": "25", "currency": "USD"}).json() == {"earning": "$22.50"}
    assert client.get("/sell/earning/", {"price": "a lot", "currency": "USD"}).json() == {"earning": ""}


def test_my_closet_has_a_tab_for_each_state(client, seller):
    make.listing(seller, title="For sale")
    make.draft(seller, title="Half done")
    make.listing(seller, title="Set aside", status=Status.NOT_FOR_SALE)
    make.listing(seller, title="Went away", status=Status.SOLD)
    make.listing(title="Of somebody else")

    for tab, title in (
        ("", "For sale"),
        ("drafts", "Half done"),
        ("hidden", "Set aside"),
        ("sold", "Went away"),
    ):
        html = client.get("/my/closet/", {"tab": tab}).content.decode()
        assert re.findall(r'<a class="strong one-line"[^>]*>([^<]*)</a>', html) == [title]


def test_a_listing_is_taken_off_put_back_and_removed(client, seller):
    listing = make.listing(seller)
    address = f"/sell/{listing.pk}/status/"

    for status in (Status.NOT_FOR_SALE, Status.AVAILABLE, Status.REMOVED):
        response = client.post(address, {"status": status, "next": "/my/closet/?tab=hidden"})
        assert response.url == "/my/closet/?tab=hidden"
        assert only().status == status

    assert client.post(address, {"status": Status.AVAILABLE}).status_code in {404, 409}


def test_json_is_for_scripts_only(client, seller):
    answer = client.post("/sell/", FIELDS | {"do": "publish"}, **SCRIPT)

    assert json.loads(answer.content)["errors"]["photos"] == ["Add at least one photo."]
