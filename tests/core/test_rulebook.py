"""Each rule of the book, changed, changes behaviour; every limit that the code spends is in the book."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from marketplace.core import rules
from marketplace.core.rulebook import CHANGES, RULES, Change
from marketplace.core.rules import override
from tests.core.rule_scenarios import SCENARIOS, draft
from tests.fixtures.database import valkey

pytestmark = pytest.mark.django_db
LOGIN_LIMITS = ("login", "login_account", "login_address", "entrance", "account_mail", "password", "bearer")
SIGNING_IN = [
    "account.password_again_seconds", "account.password_min", "account.device_days",
    *(f"limit.{scope}.{part}" for scope in LOGIN_LIMITS for part in ("count", "seconds")),
]  # fmt: skip
# Shown by tests of their own, which need a live socket or a page of the shop.
SHOWN_ELSEWHERE = {
    "tests/accounts": SIGNING_IN,
    "tests/social": [
        "limit.socket.count", "limit.socket.seconds", "limit.socket_address.count", "limit.socket_address.seconds",
        "limit.connect.count", "limit.connect.seconds", "limit.connect_address.count", "limit.connect_address.seconds",
        "socket.open_person", "socket.open_address", "socket.recheck_seconds", "thread.replay_max",
        "thread.overlap_seconds", "thread.presence_seconds", "thread.typing_seconds",
    ],
    "tests/notices": [
        "news.page_size", "news.quote_max", "news.fresh_hours", "limit.news_mail.count", "limit.news_mail.seconds",
    ],
    "tests/listings": [
        "fee.flat", "fee.pct", "listing.removed_photos_days", "picture.keep_unused_hours", "account.closed_avatar_days",
    ],
    "tests/search": [
        "search.suggestions", "search.people", "search.dormant_days", "search.recent", "search.trends",
        "search.trend_people", "search.read_ms", "search.meaning_ms", "search.saved_max", "search.saved_title_max",
        "search.saved_note_max", "search.saved_query_max", "search.saved_page_size", "search.wanted_shown",
        "search.new_shown",
        "search.similar", "search.similar_seller_max", "search.sold_counted", "search.sold_min",
    ],
    "tests/core": ["listing.photo_memory_max", "page.read_ms"],
}  # fmt: skip


def test_every_rule_is_shown_to_matter():
    elsewhere = {key for keys in SHOWN_ELSEWHERE.values() for key in keys}
    assert set(SCENARIOS) | elsewhere == {rule.key for rule in RULES}
    for folder, keys in SHOWN_ELSEWHERE.items():
        paths = [path for path in Path(folder).glob("*.py") if path.name != Path(__file__).name]
        tests = " ".join(path.read_text() for path in paths)
        assert [key for key in keys if f'"{key}"' not in tests] == [], f"no test in {folder} changes these"


@pytest.mark.parametrize("key", SCENARIOS)
def test_changing_a_rule_changes_what_happens(key, client):
    value, happens = SCENARIOS[key]
    assert not happens(client), f"{key} does this by default already"
    valkey().flushdb()

    with override({key: value}):
        assert happens(client)


def test_the_services_limits_are_the_scopes_of_the_book():
    source = " ".join(path.read_text() for top in ("accounts", "listings", "notices", "social", "marketplace/core")
                      for path in Path(top).rglob("*.py"))  # fmt: skip
    used = set(re.findall(r'(?:limited|spend)\(\s*"(\w+)"|"limit\.(\w+)\.count"', source))
    used = {one or other for one, other in used}

    assert used == {rule.key.split(".")[1] for rule in RULES if rule.key.startswith("limit.")}


def test_the_book_is_a_page_and_data(client):
    page, data = client.get("/rules/"), client.get("/rules.json").json()

    assert "a stuffed title sinks" in page.content.decode()

    assert all(rule.key in page.content.decode() for rule in RULES)
    assert data["version"] == rules.current_version()
    assert data["rules"]["listing.title_max"]["value"] == 80
    assert json.dumps(data)


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        rules.rule("listing.nothing")
    with pytest.raises(KeyError), override({"listing.nothing": 1}):
        pass


@pytest.mark.parametrize("days, is_in_force", [(0, True), (1, False)])
def test_a_change_takes_effect_on_its_day(monkeypatch, client, days, is_in_force):
    day = timezone.now().date() + timedelta(days=days)
    change = Change(rules.current_version() + 1, day, "Shorter titles", {"listing.title_max": 3})
    monkeypatch.setattr(rules, "CHANGES", (*CHANGES, change))
    rules._edition.cache_clear()
    try:
        book = client.get("/rules.json").json()
        assert book["rules"]["listing.title_max"]["value"] == (3 if is_in_force else 80)
        assert (book["version"] == change.version) == is_in_force
        assert draft(client, title="abcd") == is_in_force
    finally:
        rules._edition.cache_clear()
