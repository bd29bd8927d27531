"""What people looked for: their own last searches, and what many look for."""

import pytest

from marketplace.core.rules import override
from search import services
from search.models import RecentSearches, Term
from tests import make

pytestmark = pytest.mark.django_db


def look(text: str, who: str, user=None) -> None:
    services.note_search(text=text, who=who, user_id=user.pk if user else None)


def test_the_last_searches_of_a_person_newest_first_each_once():
    user = make.user()
    for text in ("red dress", "boots", "Red  Dress"):
        look(text, str(user.pk), user)
    assert services.recent_searches(user=user) == []  # nothing is written while somebody waits
    assert services.count_notes() == 3

    assert services.recent_searches(user=user) == ["Red Dress", "boots"]
    look("boots", str(user.pk), user)
    services.count_notes()
    assert services.recent_searches(user=user) == ["boots", "Red Dress"]


def test_so_many_are_remembered_as_the_rule_says():
    user = make.user()
    for number in range(12):
        look(f"dress {number}", str(user.pk), user)
    services.count_notes()
    assert services.recent_searches(user=user) == [f"dress {number}" for number in range(11, 1, -1)]

    with override({"search.recent": 2}):
        look("boots", str(user.pk), user)
        services.count_notes()
        assert services.recent_searches(user=user) == ["boots", "dress 11"]
        assert services.remembered(["a", "b"], "c") == ["c", "a"]


def test_a_person_can_clear_them_those_that_wait_too():
    user, other = make.user(), make.user()
    look("red dress", "1", user)
    look("boots", "2", other)
    services.clear_recent(user=user)
    services.count_notes()

    assert services.recent_searches(user=user) == []
    assert services.recent_searches(user=other) == ["boots"]
    assert RecentSearches.objects.count() == 1


def test_a_search_trends_when_enough_different_people_looked_for_it():
    for number in range(4):
        for _again in range(3):
            look("Gingham dress", f"person {number}")
    services.count_notes()
    assert services.trending() == []
    assert not Term.objects.filter(kind="query").exists()

    look("gingham  DRESS", "person 5")
    services.count_notes()
    assert [text.lower() for text in services.trending()] == ["gingham dress"]
    assert [one.text.lower() for one in services.suggest("gingh").queries] == ["gingham dress"]


def test_how_many_people_and_how_many_trends_are_rules():
    for text in ("boots", "dress"):
        look(text, "one")
        look(text, "two")
    look("boots", "three")
    with override({"search.trend_people": 2}):
        services.count_notes()
        assert services.trending() == ["boots", "dress"]
        with override({"search.trends": 1}):
            assert services.trending() == ["boots"]


def test_staff_can_hide_a_trend():
    with override({"search.trend_people": 1}):
        look("boots", "one")
        services.count_notes()
        services.set_hidden(term=Term.objects.get(kind="query", key="boots"), is_hidden=True)

        assert services.trending() == []
        services.rebuild_vocabulary()
        assert services.trending() == []


def test_what_is_stored_of_a_trend_names_nobody():
    from tests.fixtures.database import valkey

    look("boots", "jolene@example.org")
    waiting = b"".join(valkey().lrange("search/notes", 0, -1))
    services.count_notes()
    kept = b"".join(valkey().get(key) or b"" for key in valkey().scan_iter("search/trend/*/*"))

    assert kept
    assert b"jolene" not in waiting + kept


def test_a_rebuild_keeps_what_was_asked():
    with override({"search.trend_people": 1}):
        look("boots", "one")
        services.count_notes()
    services.rebuild_vocabulary()
    services.rebuild_vocabulary()

    assert Term.objects.get(kind="query", key="boots").count == 1


def test_a_page_does_not_fail_without_valkey(settings, caplog):
    from search.services import history

    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    history._valkey.cache_clear()
    try:
        look("boots", "one")
        assert services.trending() == []
    finally:
        history._valkey.cache_clear()
    assert "search not noted" in caplog.text
