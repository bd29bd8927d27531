"""Every handler is idempotent and independent of order: run twice and in reverse, the database ends the same."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from marketplace.core.events import HANDLERS, rebuild
from marketplace.core.outbox import delivery
from marketplace.core.outbox.announcing import announce_new
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.outbox.queries import Claim
from tests.core.scenarios import SCENARIOS

OUTBOX = "core_outboxentry"
# What serves a server that this run has not configured is tested beside that server (tests/search/test_elastic.py).
OURS = sorted(name for name, one in HANDLERS.items() if not name.startswith("tests.") and one.when())
Tables = dict[str, list[dict[str, Any]]]


def tables() -> Tables:
    """Everything that is stored."""
    names = [name for name in connection.database.list_collection_names() if not name.startswith("system.")]
    return {name: list(connection.database[name].find().sort("_id", 1)) for name in sorted(names)}


def put_back(before: Tables) -> None:
    for name in tables():
        connection.database[name].delete_many({})
        if before.get(name):
            connection.database[name].insert_many(before[name])


def timeless(value: Any) -> Any:
    """The value without times, which differ from run to run."""
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if not isinstance(item, datetime)}
    return [timeless(item) for item in value] if isinstance(value, list) else value


def effect(handler_name: str) -> Tables:
    return {name: timeless(rows) for name, rows in tables().items() if name != OUTBOX}


def claim_all(handler_name: str) -> list[Claim]:
    claims: list[Claim] = []
    while claim := delivery.claim_due(HANDLERS[handler_name]):
        claims += [claim.only(entry_id) for entry_id in claim.ids]
    return claims


def test_every_event_that_is_reacted_to_has_a_story():
    assert {event for name in OURS for event in HANDLERS[name].events} <= SCENARIOS.keys()


@pytest.mark.parametrize("name", OURS)
@pytest.mark.django_db
def test_the_handler_run_twice_and_in_reverse_leaves_the_same(name):
    for scenario in {SCENARIOS[event] for event in HANDLERS[name].events}:
        scenario()
    announce_new()
    told = tables()
    entries = list(OutboxEntry.objects.filter(handler=name).order_by("-pk"))
    assert len(entries) >= 2

    once = [delivery.deliver(claim) for claim in claim_all(name)]
    expected = effect(name)
    assert sum(once) == len(entries)

    put_back(told)
    backwards = list(reversed(claim_all(name)))
    twice = [delivery.deliver(claim) for claim in backwards for _again in range(2)]
    assert sum(twice) == len(entries)
    assert effect(name) == expected

    if HANDLERS[name].external:  # at least once: the work itself may come again, later and out of order
        events = [rebuild(entry.event, entry.payload, HANDLERS[name]) for entry in entries]
        HANDLERS[name].react(events * 2)
        assert effect(name) == expected
