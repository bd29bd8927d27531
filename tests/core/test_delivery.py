"""Running reactions: exactly once in MongoDB, failures apart from the rest, and the end of those that go on failing."""

import logging
import threading
import time

import pytest
from django.conf import settings as django_settings
from django.db import connection

from marketplace.core.events import on
from marketplace.core.outbox import ReactionNotDead, deliver_all_due, delivery, run_again
from marketplace.core.outbox.models import OutboxEvent
from tests.core.planted import Planted, count, runs

pytestmark = pytest.mark.django_db
COUNT = "tests.core.planted.count"
State = OutboxEvent.State


@pytest.fixture(autouse=True)
def _clean():
    yield
    connection.database["planted"].drop()


def test_a_reaction_finishes_its_event(handlers, plant, claim_and_deliver):
    on(Planted)(count)
    plant(1, 2, 3)

    assert claim_and_deliver(COUNT) == 3

    assert runs() == {1: 1, 2: 1, 3: 1}
    assert {event.state for event in OutboxEvent.objects.all()} == {State.FINISHED}
    assert claim_and_deliver(COUNT) == 0


def test_a_delivery_that_comes_twice_runs_once(handlers, plant):
    on(Planted)(count)
    plant(1, 2)
    claim = delivery.claim_due(COUNT)

    assert delivery.deliver(claim) == 2
    assert delivery.deliver(claim) == 0

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
        claim, stored = delivery.claim_due("tests.core.planted.slow_count"), []

        def work(claim=claim, stored=stored):
            start.wait()
            stored.append(delivery.deliver(claim))

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(stored) == [0, 10]
    assert runs() == dict.fromkeys(range(50), 1)


def test_a_claim_is_good_once_more_after_its_lease(handlers, plant, make_due):
    on(Planted)(count)
    plant(1)
    lost = delivery.claim_due(COUNT)
    assert delivery.claim_due(COUNT) is None

    make_due()
    again = delivery.claim_due(COUNT)

    assert delivery.deliver(lost) == 0
    assert delivery.deliver(again) == 1
    assert runs() == {1: 1}


def test_a_poisoned_event_does_not_hold_up_the_others(handlers, plant, claim_and_deliver):
    @on(Planted)
    def choke(events):
        count(events)
        if any(event.number == 13 for event in events):
            raise ValueError("thirteen")

    plant(*range(10, 20))

    assert claim_and_deliver("tests.core.test_delivery.choke") == 9

    assert runs() == {number: 1 for number in range(10, 20) if number != 13}
    (left,) = OutboxEvent.objects.owing()
    assert left.payload == {"number": 13}
    (entry,) = left.owing
    assert (entry["attempts"], entry["error"], entry["claim"]) == (1, "ValueError: thirteen", None)


def test_a_reaction_that_goes_on_failing_waits_longer_then_dies_and_can_be_run_again(
    handlers, plant, claim_and_deliver, make_due, settings, caplog
):
    healthy = []

    @on(Planted)
    def sulk(events):
        if not healthy:
            raise ValueError("no")

    on(Planted)(count)
    name, settings.OUTBOX = "tests.core.test_delivery.sulk", {**settings.OUTBOX, "ATTEMPTS": 4}
    (event,) = plant(1)
    pauses = []
    for _attempt in range(3):
        claim_and_deliver(name)
        event.refresh_from_db()
        entry = next(entry for entry in event.owing if entry["handler"] == name)
        pauses.append((entry["due_at"] - event.created_at.replace(tzinfo=None)).total_seconds())
        make_due()
    assert pauses == sorted(pauses)
    assert 1 <= pauses[0] <= 4
    assert pauses[2] >= 9

    with caplog.at_level(logging.ERROR):
        claim_and_deliver(name)

    event.refresh_from_db()
    assert event.state == State.DEAD
    assert [entry["handler"] for entry in event.owing] == [COUNT]
    assert [(entry["handler"], entry["attempts"]) for entry in event.dead] == [(name, 4)]
    assert "reaction given up" in caplog.text
    assert claim_and_deliver(COUNT) == 1
    event.refresh_from_db()
    assert (event.state, event.finished_at) == (State.DEAD, None)

    healthy.append(True)
    run_again(event=event, handler=name)
    assert claim_and_deliver(name) == 1
    event.refresh_from_db()
    assert event.state == State.FINISHED
    assert event.finished_at is not None
    with pytest.raises(ReactionNotDead):
        run_again(event=event, handler=name)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"type": "Forgotten"}, "there is no event Forgotten"), ({"payload": {}}, "number")],
)
def test_an_event_that_this_version_cannot_read_ends_with_the_reason(
    change, words, handlers, plant, claim_and_deliver, settings
):
    on(Planted)(count)
    settings.OUTBOX = {**settings.OUTBOX, "ATTEMPTS": 1}
    (event,) = plant(1)
    OutboxEvent.objects.filter(pk=event.pk).update(**change)

    assert claim_and_deliver(COUNT) == 0

    event.refresh_from_db()
    assert event.state == State.DEAD
    assert words in event.dead[0]["error"]


def test_a_handler_that_this_version_does_not_have_ends_with_the_reason(
    handlers, plant, claim_and_deliver, settings
):
    on(Planted)(count)
    settings.OUTBOX = {**settings.OUTBOX, "ATTEMPTS": 1}
    (event,) = plant(1)
    del handlers[COUNT]
    assert OutboxEvent.objects.all().due_handlers() == [COUNT]

    assert claim_and_deliver(COUNT) == 0

    event.refresh_from_db()
    assert "has no handler" in event.dead[0]["error"]


def test_work_outside_mongodb_keeps_its_lease_and_is_not_run_by_a_copy(handlers, plant, settings):
    settings.OUTBOX = {**settings.OUTBOX, "LEASE_SECONDS": 0.3}
    calls, copies = [], []

    @on(Planted, external=True)
    def paint(events):
        calls.append(events)
        assert not connection.in_atomic_block_mongo
        copies.append(delivery.deliver(claim))
        time.sleep(0.7)
        copies.append(delivery.claim_due("tests.core.test_delivery.paint"))

    plant(1)
    claim = delivery.claim_due("tests.core.test_delivery.paint")

    assert delivery.deliver(claim) == 1

    assert calls == [[Planted(number=1)]]
    assert copies == [0, None]


def test_a_slow_handler_does_not_fill_the_broker(handlers, plant):
    on(Planted, external=True, batch=2)(count)
    plant(*range(30))

    claims = []
    while claim := delivery.claim_due(COUNT):
        claims.append(claim)

    assert [len(claim.ids) for claim in claims] == [2] * django_settings.OUTBOX["EXTERNAL_BATCHES"]


def test_an_event_that_a_killed_process_has_locked_does_not_hold_up_the_others(handlers, plant):
    on(Planted)(count)
    events = plant(*range(10))
    locked, table = events[4].pk, OutboxEvent.objects.all().table()

    with connection.database.client.start_session() as session, session.start_transaction():
        table.update_one({"_id": locked}, {"$set": {"request_id": "never committed"}}, session=session)
        started = time.monotonic()
        claim = delivery.claim_due(COUNT)
        taken = time.monotonic() - started
        session.abort_transaction()

    assert taken < 2
    assert set(claim.ids) == {event.pk for event in events} - {locked}
    assert delivery.claim_due(COUNT).ids == (locked,)


def test_reactions_to_reactions_are_run_too(handlers, plant):
    @on(Planted)
    def echo(events):
        count(events)
        for event in events:
            if event.number < 3:
                plant(event.number + 1)

    plant(1)

    assert deliver_all_due() == 3
    assert runs() == {1: 1, 2: 1, 3: 1}
