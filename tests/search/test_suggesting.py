"""Suggestions while typing: of every kind, by index, tolerant, and without what should not be seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from marketplace.core.rules import override
from search import services
from search.models import Term
from search.vocabulary import snapshot
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    for number in range(3):
        make.listing(make.verified_user(f"nikita{number}"), title=f"Gingham dress {number}", brand="Nike")
    services.rebuild_vocabulary()
    snapshot.reload()


def texts(found) -> list[str]:
    return [one.text for one in found]


def test_each_kind_is_suggested_by_its_beginning(shop):
    found = services.suggest("nik")

    assert texts(found.queries)[:1] == ["nike maxi dresses"]
    assert [(one.text, one.key) for one in found.brands] == [("Nike", "nike")]
    assert sorted(one.key for one in found.people) == ["nikita0", "nikita1", "nikita2"]
    assert "women-dresses-maxi" in [one.key for one in services.suggest("maxi d").categories]


def test_the_last_word_is_completed_behind_the_others(shop):
    assert texts(services.suggest("nike ging").queries) == ["nike gingham"]
    assert texts(services.suggest("red nik").brands) == ["Nike"]


def test_a_category_is_found_by_what_shoppers_call_it():
    make.listing(title="Runners", category="women-shoes-sneakers", sizes=[{"size": "US 8", "quantity": 1}])
    services.rebuild_vocabulary()

    assert [one.key for one in services.suggest("train").categories] == ["women-shoes-sneakers"]


@pytest.mark.parametrize("typed", ["ginhg", "gimgh", "gingg", "nike gimgh"])
def test_the_last_word_may_be_misspelled(shop, typed):
    found = services.suggest(typed)

    assert any("gingham" in text for text in texts(found.queries))
    assert found.corrected


def test_nothing_is_suggested_for_nothing_and_for_what_nobody_has(shop):
    assert not services.suggest("  ")
    assert not services.suggest("qqqqqq")


def test_a_long_beginning_is_compared_to_its_end(shop):
    Term.objects.filter(kind="query", key="nike maxi dresses").update(text="nike maxi dresses for summer")
    long = "nike maxi dresses for s"

    assert texts(services.suggest(long).queries)[:1] in ([], ["nike maxi dresses for summer"])
    assert "nike maxi dresses for summer" not in texts(services.suggest("nike maxi dresses for w").queries)


def test_what_staff_hid_is_not_suggested(shop):
    services.set_hidden(term=Term.objects.get(kind="brand", key="nike"), is_hidden=True)

    assert services.suggest("nik").brands == []


def test_closed_and_dormant_people_are_not_suggested(shop):
    long_ago = timezone.now() - timedelta(days=91)
    Term.objects.filter(kind="person", key="nikita0").update(seen_at=long_ago)
    assert sorted(one.key for one in services.suggest("nikita").people) == ["nikita1", "nikita2"]
    assert sorted(one.username for one in services.people("nikita")) == ["nikita1", "nikita2"]
    with override({"search.dormant_days": 100}):
        assert len(services.suggest("nikita").people) == 3

    User.objects.filter(username="nikita1").update(is_active=False)
    services.learn_people(ids=User.objects.filter(username="nikita1").values_list("pk", flat=True))
    assert [one.key for one in services.suggest("nikita").people] == ["nikita2"]


def test_the_number_of_suggestions_and_people_is_a_rule(shop):
    with override({"search.suggestions": 1, "search.people": 2}):
        assert len(services.suggest("nikita").people) == 1
        assert len(services.people("nikita")) == 2


def test_it_is_one_query_by_index_and_two_for_a_misspelled_word(shop, record_commands):
    with record_commands() as commands:
        services.suggest("nik")
    assert len(commands) == 1
    assert commands.plans() == []

    with record_commands() as commands:
        services.suggest("gimgh")
    assert len(commands) == 2
    assert commands.plans() == []


def test_people_are_two_queries_by_index(shop, record_commands):
    with record_commands() as commands:
        services.people("nikita")

    assert len(commands) == 2
    assert commands.plans() == []


def test_programs_ask_for_suggestions_too(client):
    make.listing(title="Corduroy overalls", brand="Nike")
    services.rebuild_vocabulary()

    found = client.get("/api/v1/search/suggest/?q=cordu").json()
    refused = client.get("/api/v1/search/suggest/?q=cordu&color=red")

    assert "corduroy" in [one["text"] for one in found["queries"]]
    assert (refused.status_code, [row["field"] for row in refused.json()["fields"]]) == (422, ["color"])
    assert client.get("/api/v1/search/suggest/").json()["queries"] == []
