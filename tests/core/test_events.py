"""Publishing: in the transaction or not at all, one entry for each handler, payloads, registration."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from bson import ObjectId

from marketplace.core.db import atomic
from marketplace.core.events import EVENTS, Event, Handler, on, publish, publish_all, rebuild
from marketplace.core.logs import bound_request_ids
from marketplace.core.outbox.models import OutboxEntry
from tests.core.planted import Planted, count
from tests.fixtures.queries import recording


@dataclass(frozen=True, kw_only=True)
class Told(Event):
    who: ObjectId
    at: datetime
    words: list
    price: float
    is_loud: bool
    note: str | None = None


def test_an_event_of_a_transaction_that_is_rolled_back_is_not_stored(handlers):
    on(Planted)(count)

    @atomic
    def fails():
        publish(Planted(number=1))
        raise LookupError

    with pytest.raises(LookupError):
        fails()

    assert not OutboxEntry.objects.exists()


def test_an_event_outside_a_transaction_is_refused(handlers):
    on(Planted)(count)

    with pytest.raises(RuntimeError, match="outside a transaction"):
        publish(Planted(number=1))

    assert not OutboxEntry.objects.exists()


def test_an_event_is_stored_once_for_each_handler(handlers, plant):
    on(Planted)(count)

    @on(Planted)
    def other(events):
        pass

    with bound_request_ids(["the-request"]):
        entries = plant(7)

    assert {entry.handler for entry in entries} == {
        "tests.core.planted.count",
        "tests.core.test_events.other",
    }
    for entry in entries:
        assert (entry.event, entry.payload) == ("Planted", {"number": 7})
        assert (entry.state, entry.attempts, entry.request_id) == ("pending", 0, "the-request")


def test_nothing_is_stored_for_an_event_that_nobody_reacts_to(handlers, plant):
    assert plant(7) == []


def test_many_events_are_one_write(handlers):
    on(Planted)(count)

    with recording() as commands:
        atomic(publish_all)([Planted(number=number) for number in range(50)])

    assert [name for name in commands.names() if "outboxentry" in name] == ["insert:core_outboxentry"]
    assert OutboxEntry.objects.count() == 50


def test_a_payload_is_rebuilt_as_it_was_published(handlers):
    on(Told)(count)
    told = Told(
        who=ObjectId(), at=datetime(2026, 5, 1, 12, 30, 0, 250_000, UTC), words=["a", ObjectId()], price=2.5,
        is_loud=True,
    )  # fmt: skip

    atomic(publish)(told)

    stored = OutboxEntry.objects.get(event="Told")
    assert rebuild(stored.event, stored.payload, handlers["tests.core.planted.count"]) == told


def test_unknown_fields_of_a_payload_are_left_out():
    handler = Handler("any", count, events={"Planted"})

    assert rebuild("Planted", {"number": 3, "colour": "red"}, handler) == Planted(number=3)


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
