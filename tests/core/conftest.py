"""Events and handlers that exist for one test only."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from marketplace.core.db import atomic
from marketplace.core.events import HANDLERS, publish
from marketplace.core.outbox import delivery
from marketplace.core.outbox.models import OutboxEvent
from tests.core.counting import rows
from tests.core.planted import Planted


@pytest.fixture
def _rows() -> Iterator[None]:
    """A document to count in, and none afterwards."""
    rows().insert_one({"_id": "one", "n": 0})
    yield
    rows().drop()


@pytest.fixture
def handlers() -> Iterator[dict]:
    """The registry; what the test adds to it is gone afterwards."""
    before = dict(HANDLERS)
    yield HANDLERS
    HANDLERS.clear()
    HANDLERS.update(before)


@pytest.fixture
def plant() -> Callable[..., list]:
    """Publishes planted events with these numbers, each in a transaction of its own; their outbox documents."""

    @atomic
    def one(number: int) -> None:
        publish(Planted(number=number))

    def all_of(*numbers: int) -> list[OutboxEvent]:
        for number in numbers:
            one(number)
        return list(OutboxEvent.objects.filter(type="Planted").order_by("created_at", "id"))

    return all_of


@pytest.fixture
def claim_and_deliver() -> Callable[[str], int]:
    """What relay and worker do for one handler: claim what is due, run it; how many reactions were stored."""

    def run(name: str) -> int:
        claim = delivery.claim_due(name)
        return delivery.deliver(claim) if claim else 0

    return run


@pytest.fixture
def make_due() -> Callable[[], None]:
    """Lets every lease and every backoff run out."""

    def run() -> None:
        from django.utils import timezone

        OutboxEvent.objects.all().table().update_many(
            {"owing": {"$ne": []}}, {"$set": {"owing.$[].due_at": timezone.now()}}, session=connection.session
        )

    return run
