"""The relay: batches, several relays at once, a broker that is away or loses tasks, errors."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from marketplace.core.events import on
from marketplace.core.outbox import delivery
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.outbox.relay import Relay
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


def is_empty() -> bool:
    return not OutboxEntry.objects.exists()


def test_what_is_published_is_delivered_within_a_second(plant):
    with running(Relay(send=delivery.deliver)):
        plant(0)
        assert eventually(is_empty)
        started = time.monotonic()
        plant(1)
        assert eventually(lambda: runs() == {0: 1, 1: 1})
        assert time.monotonic() - started < 1


def test_events_between_two_sweeps_are_one_batch(plant):
    sent = []
    relay = Relay(send=lambda claim: sent.append(len(claim.ids)))
    plant(*range(250))

    assert relay.sweep()

    assert sent == [200, 50]


def test_the_relay_sends_more_only_while_fewer_than_the_limit_are_under_way(handlers, plant, settings):
    handlers.clear()
    on(Planted, external=True, batch=2)(count)
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 0.02}
    waiting = []

    with running(Relay(send=waiting.append)):
        plant(*range(20))
        while not is_empty():
            assert eventually(lambda: waiting)
            # In entries: a claim that is made while events are being published may be smaller than a batch.
            assert sum(len(claim.ids) for claim in waiting) <= 2 * settings.OUTBOX["EXTERNAL_BATCHES"]
            delivery.deliver(waiting.pop())

    assert runs() == dict.fromkeys(range(20), 1)


def test_two_relays_share_the_work_without_doubling(plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 0.02}
    done = []

    def send(claim):
        done.append(delivery.deliver(claim))

    with running(Relay(send=send), Relay(send=send)):
        plant(*range(400))
        assert eventually(is_empty)

    assert sum(done) == 400
    assert runs() == dict.fromkeys(range(400), 1)


def test_a_broker_that_is_away_costs_time_and_nothing_else(plant, settings, caplog):
    is_up = threading.Event()

    def send(claim):
        if not is_up.is_set():
            raise ConnectionError("no broker")
        delivery.deliver(claim)

    with caplog.at_level(logging.WARNING), running(Relay(send=send)):
        plant(1, 2)
        assert eventually(lambda: "broker does not take tasks" in caplog.text)
        assert runs() == {}
        assert not OutboxEntry.objects.filter(attempts__gt=0).exists()
        is_up.set()
        assert eventually(is_empty)

    assert runs() == {1: 1, 2: 1}


def test_a_task_that_the_broker_lost_is_sent_again(plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "SWEEP_SECONDS": 0.1, "LEASE_SECONDS": 0.6}
    sent = []

    def send(claim):
        sent.append(claim)
        if len(sent) > 1:
            delivery.deliver(claim)

    with running(Relay(send=send)):
        plant(1)
        assert eventually(is_empty)

    assert len(sent) == 2
    assert runs() == {1: 1}


def test_a_bug_in_the_relay_does_not_end_it(plant, settings):
    stumbles = [RuntimeError("once"), RuntimeError("twice")]

    class Clumsy(Relay):
        def sweep(self):
            if stumbles:
                raise stumbles.pop()
            return super().sweep()

    with running(Clumsy(send=delivery.deliver)):
        plant(1)
        assert eventually(is_empty)
