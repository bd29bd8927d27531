"""Conversion of the old outbox collection: by migration, and by the relay while old processes write."""

import importlib
from datetime import UTC, datetime

import pytest
from bson import ObjectId
from django.apps import apps
from django.db import connection

from marketplace.core.db import try_once
from marketplace.core.outbox import legacy
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.outbox.relay import Relay

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def old(db):
    """The old collection."""
    table = connection.database[legacy.OLD]
    table.delete_many({})
    yield table
    table.delete_many({})


def old_event(state: str, *, owing=(), dead=()):
    return {
        "_id": ObjectId(), "type": "Planted", "payload": {"number": 1}, "request_id": "r", "state": state,
        "owing": [{"handler": name, "due_at": AT, "attempts": 1, "error": "e", "claim": ObjectId()} for name in owing],
        "dead": [{"handler": name, "attempts": 8, "error": "no", "died_at": AT} for name in dead],
        "created_at": AT, "finished_at": None,
    }  # fmt: skip


def migration():
    module = importlib.import_module("marketplace.core.migrations.0002_flat_outbox")
    module.convert(apps, None)


@pytest.mark.parametrize(
    "convert", [migration, lambda: Relay(send=lambda claim: None)._maintain()], ids=["migration", "relay"]
)
def test_pending_and_dead_reactions_become_entries(convert, old):
    old.insert_many([old_event("owing", owing=["a", "b"]), old_event("dead", owing=["c"], dead=["d"]),
                     old_event("finished")])  # fmt: skip

    convert()
    convert()

    found = sorted(OutboxEntry.objects.values_list("handler", "state", "attempts", "error", "request_id"))
    waiting = [(name, "pending", 1, "e", "r") for name in "abc"]
    assert found == [*waiting, ("d", "dead", 8, "no", "r")]
    entry = OutboxEntry.objects.get(handler="a")
    assert (entry.event, entry.payload, entry.created_at, entry.due_at) == ("Planted", {"number": 1}, AT, AT)
    assert entry.claim is None
    assert old.count_documents({"state": "finished", "owing": [], "dead": []}) == 3


def test_what_an_old_worker_has_just_stored_is_not_run_again(old):
    event = old_event("owing", owing=["a"])
    old.insert_one(event)
    events = connection.database[legacy.OLD]
    still_listed = [row["_id"] for row in events.find({"state": "owing"})]
    events.update_one({"_id": event["_id"]}, {"$set": {"state": "finished", "owing": []}})

    assert [legacy._convert_one(event_id) for event_id in still_listed] == [0]
    assert not OutboxEntry.objects.exists()


def test_an_old_workers_transaction_collides_with_the_conversion(old):
    event = old_event("owing", owing=["a"])
    old.insert_one(event)

    with connection.database.client.start_session() as session, session.start_transaction():
        old.update_one({"_id": event["_id"]}, {"$set": {"owing": []}}, session=session)
        assert try_once(lambda: legacy._convert_one(event["_id"])) is None
        session.abort_transaction()

    assert legacy.convert() == 1
