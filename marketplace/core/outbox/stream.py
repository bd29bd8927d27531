"""The change stream that wakes the relay, and the bell that it rings."""

import logging
import threading
from collections.abc import Iterable

from pymongo.errors import PyMongoError

from marketplace.core.events import HANDLERS
from marketplace.core.outbox.models import OutboxEvent

log = logging.getLogger(__name__)
NEW_EVENTS = [
    {"$match": {"operationType": "insert", "fullDocument.state": "owing"}},
    {"$project": {"fullDocument.owing.handler": 1}},
]
REOPEN_SECONDS = 1.0
AWAIT_MS = 500


class Bell:
    """Collects who owes a reaction until somebody looks."""

    def __init__(self, full: int) -> None:
        self._condition = threading.Condition()
        self._names: dict[str, None] = {}
        self._rung = False
        self._count = 0
        self._full = full

    def ring(self, names: Iterable[str]) -> None:
        """One more event, owed by these handlers."""
        with self._condition:
            self._names |= dict.fromkeys(names)
            self._rung = True
            self._count += 1
            self._condition.notify_all()

    def wait(self, seconds: float) -> list[str]:
        """The handlers that were rung for; waits up to `seconds` for the first ring."""
        with self._condition:
            self._condition.wait_for(lambda: self._rung, timeout=seconds)
            names, self._names, self._rung, self._count = list(self._names), {}, False, 0
            return names

    def wait_full(self, seconds: float) -> None:
        """Waits until a batch is full, at most `seconds`."""
        with self._condition:
            self._condition.wait_for(lambda: self._count >= self._full, timeout=seconds)


def watch(bell: Bell, stopped: threading.Event) -> None:
    """Rings for each new event until stopped. A lost stream is opened again from now, and everybody rung for once."""
    while not stopped.is_set():
        try:
            with OutboxEvent.objects.all().table().watch(NEW_EVENTS, max_await_time_ms=AWAIT_MS) as stream:
                bell.ring(HANDLERS)  # what came while nobody listened
                while stream.alive and not stopped.is_set():
                    change = stream.try_next()
                    if change is not None:
                        bell.ring(item["handler"] for item in change["fullDocument"]["owing"])
        except PyMongoError as exc:
            log.warning("outbox stream lost", extra={"reason": str(exc)})
        stopped.wait(REOPEN_SECONDS)
