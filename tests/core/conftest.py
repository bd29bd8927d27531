"""Events and handlers that exist for one test only."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from marketplace.core.db import atomic
from marketplace.core.events import HANDLERS, publish
from marketplace.core.outbox import delivery, subscriptions
from marketplace.core.outbox.models import OutboxEntry, Subscription
from tests.core.counting import rows
from tests.core.planted import Planted


@pytest.fixture
def _rows() -> Iterator[None]:
    """A document to count in, and none afterwards."""
    rows().insert_one({"_id": "one", "n": 0})
    yield
    rows().drop()


@pytest.fixture
def handlers(db) -> Iterator[dict]:
    """The registry of handlers, with no subscriptions in the database; both are restored afterwards."""
    before = dict(HANDLERS)
    Subscription.objects.all().delete()
    subscriptions.clear_cache()
    yield HANDLERS
    HANDLERS.clear()
    HANDLERS.update(before)
    subscriptions.clear_cache()


@pytest.fixture
def plant() -> Callable[..., list]:
    """Publishes planted events with these numbers, each in a transaction of its own; their outbox entries."""

    @atomic
    def one(number: int) -> None:
        publish(Planted(number=number))

    def all_of(*numbers: int) -> list[OutboxEntry]:
        for number in numbers:
            one(number)
        return list(OutboxEntry.objects.filter(event="Planted").order_by("pk"))

    return all_of


@pytest.fixture
def claim_and_deliver() -> Callable[[str], int]:
    """What relay and worker do for one handler: claim what is due, run it; how many entries are done."""

    def run(name: str) -> int:
        claim = delivery.claim_due(HANDLERS[name])
        return delivery.deliver(claim) if claim else 0

    return run


@pytest.fixture
def make_due() -> Callable[[], None]:
    """Lets every lease and every backoff run out."""

    def run() -> None:
        OutboxEntry.objects.waiting().update(due_at=timezone.now())

    return run
