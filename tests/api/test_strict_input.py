"""What a program sends has the type, the form and the names that the schema says, or is refused."""

import json
import time

import pytest

from accounts.models import User
from listings.models import Listing
from marketplace.core.rules import override
from social.models import Comment
from tests import make
from tests.api.clients import as_person, with_token
from tests.api.test_problems import problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    return make.verified_user("vera")


@pytest.fixture
def program(seller):
    return with_token(seller, "read", "listings:write", "social:write", "profile:write")


def refused_fields(answer, status=422):
    return {row["field"] for row in problem(answer, status)["fields"]}


@pytest.mark.parametrize(
    "field, value",
    [("title", 5), ("title", True), ("price_cents", "1500"), ("price_cents", True), ("price_cents", 15.5),
     ("colour", "red")],
)  # fmt: skip
def test_a_draft_takes_no_value_of_another_type_and_no_unknown_field(program, field, value):
    answer = program.post("/api/v1/listings/", {field: value})

    assert refused_fields(answer) == {field}
    assert not Listing.objects.exists()


def test_a_number_beyond_all_numbers_is_refused(program):
    answer = program.generic(
        "POST", "/api/v1/listings/", '{"price_cents": 1e999}', content_type="application/json"
    )

    assert refused_fields(answer) == {"price_cents"}


@pytest.mark.parametrize("sent", [{"name": "Vera"}, {"about": 7}, {"currency": ""}])
def test_a_profile_takes_no_unknown_field_and_no_number_as_text(program, seller, sent):
    assert refused_fields(program.patch("/api/v1/me/", {"city": "Jena", **sent})) == sent.keys()
    assert User.objects.get(pk=seller.pk).city == ""


def test_json_is_the_only_body_but_for_files(program, seller):
    for method, path in (("post", "/api/v1/listings/"), ("patch", "/api/v1/me/")):
        problem(getattr(program, method)(path, {"city": "Jena", "title": "Dress"}, format="multipart"), 415)
    listing = make.draft(seller, photos=0)
    photos = program.post(
        f"/api/v1/listings/{listing.pk}/photos/", {"photos": [make.jpeg()]}, format="multipart"
    )
    assert photos.status_code == 200


def test_no_file_at_all_is_refused_by_name(program, seller):
    listing = make.draft(seller, photos=0)

    answer = program.post(f"/api/v1/listings/{listing.pk}/photos/", {}, format="multipart")

    assert refused_fields(answer) == {"photos"}


def test_a_change_without_words_leaves_a_comment_as_it_is(program, seller):
    said = make.comment(author=seller)

    answer = program.patch(f"/api/v1/comments/{said.pk}/", {})

    assert (answer.status_code, answer.json()["body"]) == (200, said.body)
    assert Comment.objects.get(pk=said.pk).revision == said.revision
    assert refused_fields(program.patch(f"/api/v1/comments/{said.pk}/", {"request_key": "k"})) == {
        "request_key"
    }


@pytest.mark.parametrize("cursor", ["%26", "%00", "caf%C3%A9", "x" * 2001])
def test_what_is_no_cursor_is_refused(program, cursor):
    assert refused_fields(program.get(f"/api/v1/brands/?cursor={cursor}")) == {"cursor"}


@pytest.mark.parametrize("name", ["color", "availability", "price_min", "category", "sort", "q"])
def test_an_empty_filter_is_refused_instead_of_passed_over(program, name):
    assert refused_fields(program.get(f"/api/v1/listings/?{name}=")) == {name}


def test_a_long_filter_is_refused(program):
    assert refused_fields(program.get(f"/api/v1/listings/?category={'x' * 101}")) == {"category"}
    assert refused_fields(program.get(f"/api/v1/brands/?prefix={'x' * 101}")) == {"prefix"}


def test_every_page_of_a_list_can_be_reached_by_its_cursor(program, seller):
    with override({"search.page_size": 2}):
        ids = [str(make.listing(seller, price_cents=2500).pk) for _ in range(5)]
        seen, path = [], "/api/v1/listings/?sort=price_asc"
        while path:
            page = json.loads(program.get(path).content)
            seen += [row["id"] for row in page["results"]]
            path = page["next"]

    assert sorted(seen) == sorted(ids)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"sizes": [{}] * 200_000}, 1), ({"flaws": [{"kind": "x"}] * 100_000}, 1), ({"colors": ["red"] * 300_000}, 1),
        ({f"k{number}": 1 for number in range(100_000)}, 20),
    ],
)  # fmt: skip
def test_a_body_of_very_many_parts_is_refused_at_once_and_briefly(body, fields):
    ada = make.verified_user()
    listing = make.draft(ada)
    begun = time.process_time()

    answer = as_person(ada).patch(f"/api/v1/listings/{listing.pk}/", body)

    assert answer.status_code == 422
    assert len(answer.json()["fields"]) == fields and len(answer.content) < 10_000
    assert time.process_time() - begun < 3
