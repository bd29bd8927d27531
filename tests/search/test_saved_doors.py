"""Saved searches through page and API, as the right and as the wrong person."""

import re

import pytest
from django.test import Client

from marketplace.core.rules import override
from search import services
from search.models import SavedSearch
from search.query import Query
from tests import make
from tests.api.clients import as_person, with_token
from tests.fixtures.queries import recording

pytestmark = pytest.mark.django_db
API = "/api/v1/me/searches/"


@pytest.fixture
def vera():
    return make.verified_user("vera")


def client_of(person):
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def saved(person, number=1):
    return [
        services.save_search(person=person, query=Query(text=f"linen {n}"), title=f"L{n}")
        for n in range(number)
    ]


def test_a_visitor_is_led_through_the_login_with_the_whole_search(vera):
    page = Client().get("/search/?q=linen&brand=levis&price_max=40").content.decode()
    add = re.search(r'href="(/my/searches/new/\?[^"]*)"', page)[1].replace("&amp;", "&")
    assert "/login/?next=/my/searches/new/" in Client().get(add).url

    client = client_of(vera)
    form = client.get(add)
    assert 'value="linen' in form.content.decode()
    answer = client.post(add, {"title": "Linen", "frequency": "daily", "note": "M", "is_want": "on"})

    search = SavedSearch.objects.get()
    assert answer.url == "/my/searches/"
    assert (search.asked.text, search.asked.brand, search.asked.price_max) == ("linen", ("levis",), 4000)
    assert (search.title, search.frequency, search.note, search.is_want) == ("Linen", "daily", "M", True)
    run = client.get(f"/my/searches/{search.pk}/run/")
    assert run.url == "/search/?q=linen&brand=levis&price_max=40&exact=1"


def test_what_is_refused_keeps_what_was_typed(vera):
    client = client_of(vera)
    answer = client.post(
        "/my/searches/new/?q=linen", {"title": "x" * 121, "frequency": "now", "note": "the old one"}
    )

    assert answer.status_code == 422
    assert "At most 120 characters." in answer.content.decode()
    assert "the old one" in answer.content.decode()
    assert "this would be everything" in client.post(
        "/my/searches/new/", {"title": "All", "frequency": "now"}
    ).content.decode()  # fmt: skip


def test_the_list_says_what_is_new_and_leads_on(vera, deliver):
    saved(vera, 2)
    services.save_search(person=vera, query=Query(brand=("levis",)), title="Levi things")
    make.listing()
    deliver()
    client = client_of(vera)
    with override({"search.saved_page_size": 2}):
        page = client.get("/my/searches/").content.decode()
    assert page.count('class="saved"') == 2
    assert "1 new" in page
    assert 'rel="next"' in page

    search = SavedSearch.objects.get(title="Levi things")
    client.head(f"/my/searches/{search.pk}/run/")
    assert "1 new" in client.get("/my/searches/").content.decode()
    client.get(f"/my/searches/{search.pk}/run/")
    assert "1 new" not in client.get("/my/searches/").content.decode()
    client.post(f"/my/searches/{search.pk}/", {"title": "Other", "frequency": "off", "note": ""})
    search.refresh_from_db()
    assert (search.title, search.frequency, search.is_on) == ("Other", "off", False)
    client.post(f"/my/searches/{search.pk}/delete/")
    assert not SavedSearch.objects.filter(pk=search.pk).exists()


def test_the_list_asks_the_same_number_of_queries_however_many_there_are(vera):
    client = client_of(vera)
    saved(vera, 2)
    client.get("/my/searches/")
    with recording() as few:
        client.get("/my/searches/")
    saved(vera, 20)
    with recording() as many:
        client.get("/my/searches/")

    assert len(many) == len(few) <= 5


def test_nobody_gets_at_the_searches_of_others(vera):
    (search,) = saved(vera)
    other, address = client_of(make.verified_user("otto")), f"/my/searches/{search.pk}/"
    assert [
        other.get(address).status_code, other.post(address, {"title": "x", "frequency": "off"}).status_code,
        other.get(f"{address}run/").status_code, other.head(f"{address}run/").status_code,
        other.post(f"{address}delete/").status_code,
    ] == [404] * 5  # fmt: skip
    for path in ("", "new/?q=linen", f"{search.pk}/", f"{search.pk}/run/"):
        assert Client().get(f"/my/searches/{path}").status_code == 302

    api = as_person(make.verified_user("olga"))
    answers = [api.get(f"{API}{search.pk}/"), api.patch(f"{API}{search.pk}/", {"title": "x"}, format="json"),
               api.delete(f"{API}{search.pk}/")]  # fmt: skip
    assert [answer.status_code for answer in answers] == [404] * 3
    assert api.get(API).json()["results"] == []
    assert Client().get(API).status_code in (401, 403)
    search.refresh_from_db()
    assert (search.title, search.frequency) == ("L0", "now")


def test_the_api_saves_lists_changes_and_deletes(vera):
    api = as_person(vera)
    body = {
        "title": "Linen",
        "query": "q=linen&brand=levis&price_max=4000",
        "frequency": "weekly",
        "is_want": True,
    }
    made = api.post(API, body, format="json")
    assert made.status_code == 201
    row = made.json()
    assert row["query"] == "q=linen&brand=levis&price_max=4000&exact=1"
    assert (row["frequency"], row["is_want"], row["new"]) == ("weekly", True, 0)
    assert api.get(API).json()["results"] == [row] == [api.get(f"{API}{row['id']}/").json()]

    assert api.patch(f"{API}{row['id']}/", {"frequency": "off"}, format="json").json()["frequency"] == "off"
    assert api.delete(f"{API}{row['id']}/").status_code == 204
    assert api.get(f"{API}{row['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [({"query": "q="}, "query"), ({"query": "colour=red"}, "query"), ({"frequency": "hourly"}, "frequency"),
     ({"titel": "x"}, "titel"), ({"title": " "}, "title")],
)  # fmt: skip
def test_the_api_names_what_is_wrong(vera, change, field):
    body = {"title": "Linen", "query": "q=linen"} | change
    answer = as_person(vera).post(API, body, format="json")

    assert 400 <= answer.status_code <= 422
    assert field in str(answer.json())
    assert not SavedSearch.objects.exists()


def test_a_token_that_only_reads_saves_nothing(vera):
    reading = with_token(vera, "read")

    assert reading.get(API).status_code == 200
    assert reading.post(API, {"title": "x", "query": "q=x"}, format="json").status_code == 403


def test_only_the_seller_of_a_draft_is_told_how_many_want_it(vera):
    seller = make.verified_user("sam")
    draft = make.draft(seller)
    services.save_search(person=vera, query=Query(brand=("levis",)), title="Levi things")
    address = f"/listings/{draft.pk}/wanted/"

    page = client_of(seller).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "1 person wants this" in page
    assert "vera" not in page
    assert "Back to your draft" in client_of(seller).get(address).content.decode()
    services.save_search(person=make.verified_user(), query=Query(color=("red",)), title="Red things")
    with override({"search.wanted_shown": 1}):
        assert "1+ people want this" in client_of(seller).get(address).content.decode()
    assert client_of(vera).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert address in client_of(seller).get(f"/sell/{draft.pk}/").content.decode()
