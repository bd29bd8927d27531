"""The news through page and API, as the right and as the wrong person."""

import re

import pytest
from django.test import Client

from marketplace.core.rules import override
from notices import services
from notices.models import Notice
from tests import make
from tests.api.clients import as_person, with_token
from tests.fixtures.queries import recording
from tests.notices.making import news

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera():
    return make.verified_user("vera")


def client_of(person):
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def told(person, number=1, **more):
    fan = make.user(display_name="Ada")
    services.notify([news(person, fan, group=f"g{n}", **more) for n in range(number)])
    return list(Notice.objects.of(person.pk).order_by("-updated_at", "-pk"))


def test_the_page_shows_what_is_new_once(vera):
    told(vera, 2)
    client = client_of(vera)

    first, second = (client.get("/news/").content.decode() for _ in range(2))

    assert first.count("<strong>Ada</strong> liked <strong>Linen dress</strong>") == 2
    assert (first.count("is-new"), second.count("is-new")) == (2, 0)
    assert services.unread_count(person_id=vera.pk) == 0


def test_a_head_request_reads_nothing(vera):
    told(vera)
    client_of(vera).head("/news/")

    assert services.unread_count(person_id=vera.pk) == 1


def test_every_page_of_somebody_leads_to_the_news_and_none_of_a_visitors(vera):
    assert 'href="/news/"' in client_of(vera).get("/").content.decode()
    assert 'href="/news/"' not in Client().get("/").content.decode()
    assert Client().get("/news/")["Location"] == "/account/login/?next=/news/"


def test_the_empty_page_says_what_will_be_there(vera):
    assert "No news yet" in client_of(vera).get("/news/").content.decode()


def test_pages_follow_each_other_without_a_gap(vera):
    told(vera, 7)
    client, seen, url = client_of(vera), [], "/news/"
    with override({"news.page_size": 3}):
        while url:
            page = client.get(url).content.decode()
            seen.append(re.findall(r'id="notice-(\w+)"', page))
            following = re.search(r'rel="next" href="([^"]+)"', page)
            url = f"/news/{following[1]}" if following else ""

    assert [len(ids) for ids in seen] == [3, 3, 1]
    assert len({pk for ids in seen for pk in ids}) == 7


def test_muting_and_hearing_again_work_without_a_script_and_with_htmx(vera):
    (entry,) = told(vera)
    client, url = client_of(vera), f"/news/{entry.pk}/mute/"

    answer = client.post(url, {"mute": "1"}, follow=True)
    assert answer.redirect_chain == [("/news/", 302)]
    assert "Undo" in answer.content.decode()
    row = client.post(url, {"mute": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert row.strip().startswith("<li") and "Undo" not in row
    assert not Notice.objects.get().is_muted


def test_somebody_elses_news_are_nowhere(vera):
    (entry,) = told(vera)
    ben = make.verified_user("ben")
    page, api = client_of(ben), as_person(ben)

    assert str(entry.pk) not in page.get("/news/").content.decode()
    assert page.post(f"/news/{entry.pk}/mute/").status_code == 404
    assert api.get("/api/v1/news/").json()["results"] == []
    assert api.put(f"/api/v1/news/{entry.pk}/mute/").status_code == 404
    assert api.delete(f"/api/v1/news/{entry.pk}/mute/").status_code == 404
    assert api.post("/api/v1/news/read/", {}).json() == {"unread": 0, "more": False}
    again = Notice.objects.get()
    assert (again.fresh, again.is_muted) == (1, False)


@pytest.mark.parametrize(
    "method, path",
    [
        ("get", "news/"),
        ("get", "news/read/"),
        ("post", "news/read/"),
        ("put", "news/{}/mute/"),
        ("delete", "news/{}/mute/"),
    ],
)
def test_the_api_needs_a_person_and_to_write_its_scope(vera, method, path):
    (entry,) = told(vera)
    url = f"/api/v1/{path.format(entry.pk)}"

    assert getattr(Client(), method)(url).status_code == 401
    reader = getattr(with_token(vera, "read"), method)(url)
    assert reader.status_code == (200 if method == "get" else 403)
    assert getattr(with_token(vera, "read", "social:write"), method)(url).status_code in {200, 204}


def test_the_api_lists_reads_and_mutes(vera):
    old, new = told(vera, 2)
    client = as_person(vera)

    rows = client.get("/api/v1/news/").json()["results"]
    assert [row["id"] for row in rows] == [str(old.pk), str(new.pk)]
    assert rows[0]["text"] == "Ada liked Linen dress"
    assert (rows[0]["is_unread"], rows[0]["is_muted"], len(rows[0]["people"])) == (True, False, 1)
    assert client.get("/api/v1/news/read/").json() == {"unread": 2, "more": False}

    before = {"until": "2020-01-01T00:00:00Z"}
    assert client.post("/api/v1/news/read/", before).json()["unread"] == 2
    assert client.put(f"/api/v1/news/{old.pk}/mute/").status_code == 204
    assert client.get("/api/v1/news/read/").json()["unread"] == 1
    assert client.post("/api/v1/news/read/", {}).json()["unread"] == 0
    assert client.delete(f"/api/v1/news/{old.pk}/mute/").status_code == 204


@pytest.mark.parametrize("body, field", [({"until": "soon"}, "until"), ({"untill": None}, "untill")])
def test_bad_input_is_refused_by_its_name(vera, body, field):
    answer = as_person(vera).post("/api/v1/news/read/", body)

    assert answer.status_code == 422
    assert [row["field"] for row in answer.json()["fields"]] == [field]


@pytest.mark.parametrize("url, most", [("/news/", 6), ("/api/v1/news/", 4), ("/settings/news/", 4)])
def test_the_doors_ask_little_and_by_index(vera, url, most):
    for person in (vera, make.user(), make.user()):
        told(person, 40)
    client = client_of(vera)
    client.get(url)
    told(vera, 40, key="again")

    with recording() as commands:
        assert client.get(url).status_code == 200

    assert len(commands) <= most, commands.names()
    assert commands.plans() == []


def test_the_badge_costs_a_page_no_query(vera):
    client = client_of(vera)
    client.get("/rules/")
    with recording() as commands:
        client.get("/rules/")

    assert [name for name in commands.names() if "notice" in name] == []


def test_a_person_chooses_what_comes_by_mail(vera):
    client = client_of(vera)
    page = client.get("/settings/news/").content.decode()
    checked = re.findall(r'value="(\w+)"[^>]*checked', page)
    assert sorted(checked) == ["comment", "found", "found_sum", "mention"]

    assert client.post("/settings/news/", {"mail": ["like"]}).status_code == 302
    assert services.wanted_mails([vera.pk])[vera.pk] == {"like"}
    refused = client.post("/settings/news/", {"mail": ["like", "nonsense"]})
    assert refused.status_code == 422
    assert "nonsense" in refused.content.decode()
    client.post("/settings/news/", {})
    assert services.wanted_mails([vera.pk])[vera.pk] == set()
