"""Delivery: exactly once in MongoDB, isolation of failures, backoff, dead letters, unknown handlers and events."""

import logging
import threading
import time

import pytest
from django.db import connection

from marketplace.core.events import HANDLERS, DependencyAway, on
from marketplace.core.outbox import EntryNotDead, deliver_all_due, delivery, discard, requeue
from marketplace.core.outbox.models import OutboxEntry, Subscription
from marketplace.core.outbox.subscriptions import register
from tests.core.planted import Planted, count, runs

pytestmark = pytest.mark.django_db
COUNT = "tests.core.planted.count"
State = OutboxEntry.State


@pytest.fixture(autouse=True)
def _clean():
    yield
    connection.database["planted"].drop()


def claim(name: str = COUNT):
    return delivery.claim_due(HANDLERS[name])


def test_an_entry_is_gone_when_its_work_is_stored(handlers, plant, claim_and_deliver):
    on(Planted)(count)
    plant(1, 2, 3)

    assert claim_and_deliver(COUNT) == 3

    assert runs() == {1: 1, 2: 1, 3: 1}
    assert not OutboxEntry.objects.exists()
    assert claim_and_deliver(COUNT) == 0


def test_a_delivery_that_comes_twice_runs_once(handlers, plant):
    on(Planted)(count)
    plant(1, 2)
    claimed = claim()

    assert delivery.deliver(claimed) == 2
    assert delivery.deliver(claimed) == 0

    assert runs() == {1: 1, 2: 1}


def test_two_deliveries_at_the_same_moment_run_once(handlers, plant):
    start = threading.Barrier(2)

    def slow_count(events):
        count(events)
        time.sleep(0.05)

    slow_count.__module__ = "tests.core.planted"
    on(Planted)(slow_count)
    for round_ in range(5):
        plant(*range(round_ * 10, round_ * 10 + 10))
        claimed, stored = claim("tests.core.planted.slow_count"), []

        def work(claimed=claimed, stored=stored):
            start.wait()
            stored.append(delivery.deliver(claimed))

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(stored) == [0, 10]
    assert runs() == dict.fromkeys(range(50), 1)


def test_a_poisoned_event_does_not_hold_up_the_others(handlers, plant, claim_and_deliver):
    @on(Planted)
    def choke(events):
        count(events)
        if any(event.number == 13 for event in events):
            raise ValueError("$thirteen")

    plant(*range(10, 20))

    assert claim_and_deliver("tests.core.test_delivery.choke") == 9

    assert runs() == {number: 1 for number in range(10, 20) if number != 13}
    left = OutboxEntry.objects.get()
    assert (left.payload, left.state) == ({"number": 13}, State.PENDING)
    assert (left.attempts, left.error, left.claim) == (1, "ValueError: $thirteen", None)


def test_a_failing_entry_backs_off_then_is_a_dead_letter_and_can_be_requeued(
    handlers, plant, claim_and_deliver, make_due, settings, caplog
):
    healthy = []

    @on(Planted)
    def sulk(events):
        if not healthy:
            raise ValueError("no")

    name, settings.OUTBOX = "tests.core.test_delivery.sulk", {**settings.OUTBOX, "ATTEMPTS": 4}
    (entry,) = plant(1)
    pauses = []
    for _attempt in range(3):
        claim_and_deliver(name)
        entry.refresh_from_db()
        pauses.append((entry.due_at - entry.created_at).total_seconds())
        make_due()
    assert pauses == sorted(pauses)
    assert 1 <= pauses[0] <= 4
    assert pauses[2] >= 9
    with pytest.raises(EntryNotDead):
        discard(entry=entry)

    with caplog.at_level(logging.ERROR):
        claim_and_deliver(name)

    entry.refresh_from_db()
    assert (entry.state, entry.attempts, entry.due_at) == (State.DEAD, 4, None)
    assert "reaction failed for good" in caplog.text
    make_due()
    assert claim(name) is None

    healthy.append(True)
    requeue(entry=entry)
    with pytest.raises(EntryNotDead):
        requeue(entry=entry)
    assert claim_and_deliver(name) == 1
    assert not OutboxEntry.objects.exists()


def test_one_handler_that_fails_does_not_hold_up_another(handlers, plant, claim_and_deliver):
    @on(Planted)
    def sulk(events):
        raise ValueError("no")

    on(Planted)(count)
    plant(1)

    assert claim_and_deliver("tests.core.test_delivery.sulk") == 0
    assert claim_and_deliver(COUNT) == 1
    assert runs() == {1: 1}


def test_a_payload_that_cannot_be_read_ends_with_the_reason(handlers, plant, claim_and_deliver, settings):
    on(Planted)(count)
    settings.OUTBOX = {**settings.OUTBOX, "ATTEMPTS": 1}
    (entry,) = plant(1)
    OutboxEntry.objects.filter(pk=entry.pk).update(payload={})

    assert claim_and_deliver(COUNT) == 0

    entry.refresh_from_db()
    assert entry.state == State.DEAD
    assert "number" in entry.error


def test_an_event_that_only_another_release_knows_is_left_to_it(
    handlers, plant, claim_and_deliver, make_due, settings
):
    on(Planted)(count)
    settings.OUTBOX = {**settings.OUTBOX, "ATTEMPTS": 1}
    first, _second = plant(1, 2)
    OutboxEntry.objects.filter(pk=first.pk).update(event="FromTomorrow")

    assert claim_and_deliver(COUNT) == 1

    first.refresh_from_db()
    assert (first.state, first.attempts, first.claim) == (State.PENDING, 0, None)
    assert "does not react to FromTomorrow" in first.error
    OutboxEntry.objects.filter(pk=first.pk).update(event="Planted")
    make_due()
    assert claim_and_deliver(COUNT) == 1


def test_a_handler_that_only_another_release_has_is_left_to_it(handlers, plant, make_due, settings):
    on(Planted)(count)
    settings.OUTBOX = {**settings.OUTBOX, "ATTEMPTS": 1}
    (entry,) = plant(1)
    claimed, handler = claim(), handlers.pop(COUNT)

    assert delivery.deliver(claimed) == 0

    entry.refresh_from_db()
    assert (entry.state, entry.attempts) == (State.PENDING, 0)
    assert "no handler tests.core.planted.count" in entry.error
    handlers[COUNT] = handler
    make_due()
    assert delivery.deliver(claim()) == 1


def test_work_outside_mongodb_keeps_its_lease_and_is_not_run_by_a_copy(handlers, plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "LEASE_SECONDS": 0.3}
    calls, copies, paint_name = [], [], "tests.core.test_delivery.paint"

    @on(Planted, external=True)
    def paint(events):
        calls.append(events)
        assert not connection.in_atomic_block_mongo
        copies.append(delivery.deliver(claimed))
        time.sleep(0.7)
        copies.append(claim(paint_name))

    plant(1)
    claimed = claim(paint_name)

    assert delivery.deliver(claimed) == 1

    assert calls == [[Planted(number=1)]]
    assert copies == [0, None]


def test_what_a_handler_publishes_is_delivered_too(handlers, plant):
    @on(Planted)
    def echo(events):
        count(events)
        for event in events:
            if event.number < 3:
                plant(event.number + 1)

    plant(1)

    assert deliver_all_due() == 3
    assert runs() == {1: 1, 2: 1, 3: 1}


def test_what_needs_a_server_that_is_away_waits_for_it_however_long(handlers, plant, make_due, settings):
    is_away, calls = [True], []

    def elsewhere(events):
        calls.append(len(events))
        if is_away:
            raise DependencyAway("nobody listens")
        count(events)

    on(Planted, external=True)(elsewhere)
    name = next(name for name in handlers if name.endswith(".elsewhere"))
    plant(1, 2, 3)
    settings.OUTBOX = {**settings.OUTBOX, "ATTEMPTS": 1}

    for _ in range(3):
        assert delivery.deliver(claim(name)) == 0
        entries = OutboxEntry.objects.filter(handler=name)
        assert set(entries.values_list("state", "attempts", "error")) == {("pending", 0, "nobody listens")}
        assert claim(name) is None  # not at once again
        make_due()
    assert calls == [3, 3, 3]  # not one by one: all of them need the same server

    is_away.clear()
    assert delivery.deliver(claim(name)) == 3
    assert runs() == {1: 1, 2: 1, 3: 1}


def test_nothing_is_stored_for_a_handler_of_what_is_not_configured_here(handlers, plant):
    is_configured = []

    def indexed(events):
        count(events)

    on(Planted, when=lambda: bool(is_configured))(indexed)
    register()
    plant(1)
    assert not OutboxEntry.objects.exists()
    assert not Subscription.objects.filter(handler__endswith=".indexed").exists()

    is_configured.append(True)
    plant(2)
    assert OutboxEntry.objects.get().handler.endswith(".indexed")
