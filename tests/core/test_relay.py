"""The relay: quick by the stream, sure by the sweep, many at once without doubling, and hard to kill."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from marketplace.core.events import on
from marketplace.core.outbox import delivery
from marketplace.core.outbox import stream as stream_module
from marketplace.core.outbox.models import OutboxEvent
from marketplace.core.outbox.relay import Relay
from marketplace.core.outbox.stream import Bell
from tests.core.planted import Planted, count, runs

pytestmark = pytest.mark.django_db
COUNT = "tests.core.planted.count"


@pytest.fixture(autouse=True)
def _handler(handlers):
    handlers.clear()
    on(Planted)(count)
    yield
    connection.database["planted"].drop()


@contextmanager
def running(*relays: Relay) -> Iterator[None]:
    threads = [threading.Thread(target=relay.run) for relay in relays]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for relay in relays:
            relay.stop()
        for thread in threads:
            thread.join(timeout=10)
    assert not any(thread.is_alive() for thread in threads)


def eventually(fact: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it becomes true in time."""
    end = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def finished() -> int:
    return OutboxEvent.objects.filter(state="finished").count()


def settled(relay_seconds: float = 0.5) -> None:
    """Gives the first sweep and the stream's opening time to be over."""
    time.sleep(relay_seconds)


def test_the_stream_wakes_the_relay_at_once(plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 60}
    with running(Relay(send=delivery.deliver)):
        settled()
        started = time.monotonic()
        plant(1)
        assert eventually(lambda: runs() == {1: 1})
        assert time.monotonic() - started < 1


def test_events_of_one_moment_travel_together(plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 60}
    sent = []
    with running(Relay(send=lambda claim: sent.append(len(claim.ids)) or delivery.deliver(claim))):
        settled()
        plant(*range(300))
        assert eventually(lambda: finished() == 300)

    assert sum(sent) == 300
    assert len(sent) < 30


def test_a_backlog_is_worked_off_as_fast_as_it_is_worked(handlers, plant, settings):
    handlers.clear()
    on(Planted, external=True, batch=2)(count)
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 60}
    waiting = []

    with running(Relay(send=waiting.append)):
        settled()
        plant(*range(20))
        while finished() < 20:
            assert eventually(lambda: waiting)
            assert len(waiting) <= settings.OUTBOX["EXTERNAL_BATCHES"]
            delivery.deliver(waiting.pop())

    assert runs() == dict.fromkeys(range(20), 1)


def test_without_the_stream_the_sweep_finds_everything(plant, settings, monkeypatch):
    monkeypatch.setattr("marketplace.core.outbox.relay.watch", lambda bell, stopped: None)
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 0.3}
    with running(Relay(send=delivery.deliver)):
        settled()
        plant(1, 2, 3)
        assert eventually(lambda: finished() == 3)

    assert runs() == {1: 1, 2: 1, 3: 1}


def test_two_relays_share_the_work_without_doubling(plant):
    sent: Counter = Counter()

    def send(claim):
        sent.update(claim.ids)
        delivery.deliver(claim)

    with running(Relay(send=send), Relay(send=send)):
        plant(*range(400))
        assert eventually(lambda: finished() == 400)

    assert len(sent) == 400
    assert set(sent.values()) == {1}
    assert runs() == dict.fromkeys(range(400), 1)


def test_a_stream_that_is_killed_is_opened_again(plant, settings, caplog, monkeypatch):
    monkeypatch.setattr(stream_module, "REOPEN_SECONDS", 0.1)
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 60}
    with running(Relay(send=delivery.deliver)):
        settled()
        # Renaming the collection invalidates the stream for good, as a lost oplog position would.
        table = OutboxEvent.objects.all().table()
        name = table.name
        table.rename("outbox_away")
        connection.database["outbox_away"].rename(name)
        settled(1.5)
        plant(1)
        assert eventually(lambda: runs() == {1: 1}, seconds=5)


def test_a_cursor_that_is_killed_loses_nothing(plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 60}
    with running(Relay(send=delivery.deliver)):
        settled()
        admin = connection.database.client.admin
        idle = {"$match": {"cursor.originatingCommand.pipeline.0.$changeStream": {"$exists": True}}}
        cursors = list(admin.aggregate([{"$currentOp": {"idleCursors": True, "allUsers": True}}, idle]))
        assert cursors
        table = OutboxEvent.objects.all().table().name
        connection.database.command(
            "killCursors", table, cursors=[row["cursor"]["cursorId"] for row in cursors]
        )
        plant(1)
        assert eventually(lambda: runs() == {1: 1}, seconds=5)


def test_a_broker_that_is_away_costs_time_and_nothing_else(plant, settings, caplog):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 0.3}
    is_up = threading.Event()

    def send(claim):
        if not is_up.is_set():
            raise ConnectionError("no broker")
        delivery.deliver(claim)

    with caplog.at_level(logging.WARNING), running(Relay(send=send)):
        plant(1, 2)
        assert eventually(lambda: "broker does not take tasks" in caplog.text)
        assert runs() == {}
        is_up.set()
        assert eventually(lambda: finished() == 2)

    assert runs() == {1: 1, 2: 1}
    assert not any(entry["attempts"] for event in OutboxEvent.objects.all() for entry in event.owing)


def test_a_task_that_the_broker_forgot_is_sent_again(plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 0.2, "LEASE_SECONDS": 0.6}
    sent = []

    def send(claim):
        sent.append(claim)
        if len(sent) > 1:
            delivery.deliver(claim)

    with running(Relay(send=send)):
        plant(1)
        assert eventually(lambda: finished() == 1)

    assert len(sent) == 2
    assert runs() == {1: 1}


def test_a_bug_in_the_relay_does_not_end_it(plant, settings, monkeypatch):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 0.2}
    stumbles = [RuntimeError("once"), RuntimeError("twice")]

    class Clumsy(Relay):
        def dispatch(self, names):
            if stumbles:
                raise stumbles.pop()
            return super().dispatch(names)

    with running(Clumsy(send=delivery.deliver)):
        plant(1)
        assert eventually(lambda: finished() == 1)


def test_the_bell_keeps_what_was_rung_until_somebody_looks():
    bell = Bell(full=2)
    bell.ring(["a"])
    bell.ring(["b", "a"])

    bell.wait_full(5)

    assert bell.wait(5) == ["a", "b"]
    assert bell.wait(0) == []
