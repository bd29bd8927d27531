"""Claims and leases of outbox entries, the limit of batches under way, locked documents."""

import threading
import time

import pytest
from django.conf import settings as django_settings
from django.db import connection

from marketplace.core.events import HANDLERS, on
from marketplace.core.outbox import delivery
from marketplace.core.outbox.models import OutboxEntry
from tests.core.planted import Planted, count, runs

pytestmark = pytest.mark.django_db
COUNT = "tests.core.planted.count"
State = OutboxEntry.State


@pytest.fixture(autouse=True)
def _clean():
    yield
    connection.database["planted"].drop()


def claim():
    return delivery.claim_due(HANDLERS[COUNT])


def test_a_claim_ends_with_its_lease(handlers, plant, make_due):
    on(Planted)(count)
    plant(1)
    lost = claim()
    assert claim() is None

    make_due()
    again = claim()

    assert delivery.deliver(lost) == 0
    assert delivery.deliver(again) == 1
    assert runs() == {1: 1}


def test_two_that_claim_at_the_same_moment_share_the_entries(handlers, plant):
    on(Planted)(count)
    plant(*range(100))
    start, claims = threading.Barrier(4), []

    def work():
        start.wait()
        claims.append(claim())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    claims = [claimed for claimed in claims if claimed]
    held = [OutboxEntry.objects.held_by(claimed).count() for claimed in claims]
    assert sum(held) == OutboxEntry.objects.filter(state=State.CLAIMED).count() > 0
    assert sum(delivery.deliver(claimed) for claimed in claims) == sum(held)


def test_a_slow_handler_does_not_fill_the_broker(handlers, plant):
    on(Planted, external=True, batch=2)(count)
    plant(*range(30))

    claims = []
    while claimed := claim():
        claims.append(claimed)

    assert [len(claimed.ids) for claimed in claims] == [2] * django_settings.OUTBOX["EXTERNAL_BATCHES"]


def test_an_entry_that_a_killed_process_has_locked_does_not_hold_up_the_others(handlers, plant):
    on(Planted)(count)
    entries = plant(*range(10))
    locked, table = entries[4].pk, connection.database[OutboxEntry._meta.db_table]

    with connection.database.client.start_session() as session, session.start_transaction():
        table.update_one({"_id": locked}, {"$set": {"request_id": "never committed"}}, session=session)
        started = time.monotonic()
        claimed = claim()
        taken = time.monotonic() - started
        session.abort_transaction()

    assert taken < 2
    assert delivery.deliver(claimed) == 9
    assert delivery.deliver(claim()) == 1
    assert runs() == dict.fromkeys(range(10), 1)


def test_claiming_reads_the_index_and_no_more_than_it_takes(handlers, plant):
    on(Planted)(count)
    plant(*range(20))
    due = OutboxEntry.objects.filter(handler=COUNT).due().values_list("pk", flat=True)[:5]

    plan = due.explain(verbosity="executionStats")

    assert "outbox_due" in plan
    assert "COLLSCAN" not in plan
    assert '"totalKeysExamined": 5' in plan or '"totalKeysExamined": 6' in plan, plan
