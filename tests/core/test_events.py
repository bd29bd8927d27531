"""Publishing: in the transaction or not at all, and as it was said."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from bson import ObjectId
from django.conf import settings as django_settings

from marketplace.core.db import atomic
from marketplace.core.events import EVENTS, Event, on, publish, rebuild
from marketplace.core.logs import bound_request_ids
from marketplace.core.outbox import indexes
from marketplace.core.outbox.models import OutboxEvent
from tests.core.planted import Planted, count


@dataclass(frozen=True, kw_only=True)
class Told(Event):
    who: ObjectId
    at: datetime
    words: list
    price: float
    is_loud: bool
    note: str | None = None


@pytest.mark.django_db
def test_an_event_of_a_transaction_that_is_rolled_back_was_never_told():
    @atomic
    def fails():
        publish(Planted(number=1))
        raise LookupError

    with pytest.raises(LookupError):
        fails()

    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        publish(Planted(number=1))

    assert not OutboxEvent.objects.exists()


def test_an_event_lists_who_owes_a_reaction(db, handlers, plant):
    on(Planted)(count)

    with bound_request_ids(["the-request"]):
        (event,) = plant(7)

    assert event.type == "Planted"
    assert event.payload == {"number": 7}
    assert event.request_id == "the-request"
    assert event.state == OutboxEvent.State.OWING
    assert [entry["handler"] for entry in event.owing] == ["tests.core.planted.count"]
    assert event.finished_at is None


def test_an_event_that_nobody_reacts_to_is_finished(db, plant):
    (event,) = plant(7)

    assert event.state == OutboxEvent.State.FINISHED
    assert event.finished_at is not None


def test_an_event_comes_back_as_it_was_told(db):
    told = Told(
        who=ObjectId(), at=datetime(2026, 5, 1, 12, 30, 0, 250_000, UTC), words=["a", ObjectId()], price=2.5,
        is_loud=True,
    )  # fmt: skip

    atomic(publish)(told)

    stored = OutboxEvent.objects.get(type="Told")
    assert rebuild(stored.type, stored.payload) == told


def test_what_an_older_version_stored_beside_the_fields_is_left_out():
    assert rebuild("Planted", {"number": 3, "colour": "red"}) == Planted(number=3)


def test_two_events_cannot_share_a_name():
    with pytest.raises(TypeError, match="two events are called Planted"):
        type("Planted", (Event,), {"__module__": "elsewhere"})

    assert EVENTS["Planted"] is Planted


def test_two_handlers_cannot_share_a_name(handlers):
    on(Planted)(count)

    def rival(events):
        pass

    rival.__name__, rival.__module__ = "count", "tests.core.planted"
    with pytest.raises(TypeError, match="two handlers are called"):
        on(Planted)(rival)


def test_one_handler_may_react_to_several_events(handlers):
    on(Planted)(on(Told)(count))

    assert handlers["tests.core.planted.count"].events == {"Planted", "Told"}


@pytest.mark.django_db
def test_finished_events_leave_by_themselves(settings):
    def seconds():
        return OutboxEvent.objects.all().table().index_information()[indexes.TTL]["expireAfterSeconds"]

    assert seconds() == django_settings.OUTBOX["KEEP_DAYS"] * 86400

    settings.OUTBOX = {**django_settings.OUTBOX, "KEEP_DAYS": 2}
    indexes.ensure_indexes()
    assert seconds() == 2 * 86400

    settings.OUTBOX = {**django_settings.OUTBOX, "KEEP_DAYS": 7}
    indexes.ensure_indexes()


@pytest.mark.django_db
def test_looking_for_what_is_due_uses_the_index(handlers, plant):
    on(Planted)(count)
    plant(*range(20))
    due = {
        "owing": {
            "$elemMatch": {"handler": "tests.core.planted.count", "due_at": {"$lte": datetime.now(UTC)}}
        }
    }

    plan = OutboxEvent.objects.all().table().find(due).explain()

    stages = str(plan["queryPlanner"]["winningPlan"])
    assert indexes.OWED in stages
    assert "COLLSCAN" not in stages
    assert plan["executionStats"]["totalKeysExamined"] == 20
