"""The relay: looks for entries that are due and hands them to the workers in batches."""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from pymongo.errors import PyMongoError

from marketplace.core.events import HANDLERS
from marketplace.core.outbox import legacy, subscriptions
from marketplace.core.outbox.announcing import announce_new
from marketplace.core.outbox.delivery import claim_due
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.outbox.queries import Claim
from marketplace.core.tasks import celery_app
from marketplace.core.tasks import deliver as deliver_task

log = logging.getLogger(__name__)
RETRY_SECONDS, MAINTENANCE_SECONDS = 1.0, 60.0
# Fails at once instead of waiting for the broker: the claim is released and the next sweep tries again.
SEND_OPTIONS = {"retry": True, "retry_policy": {"max_retries": 1, "interval_start": 0, "interval_max": 0}}


def send_to_workers(claim: Claim) -> None:
    """Puts one claim into the broker."""
    ids, queue = [str(entry_id) for entry_id in claim.ids], HANDLERS[claim.handler].queue
    celery_app().send_task(
        deliver_task.name, args=[claim.handler, ids, str(claim.token)], queue=queue, **SEND_OPTIONS
    )


class Relay:
    """One relay; any number may run at once. It sweeps every OUTBOX["SWEEP_SECONDS"].

    A short sweep is both the speed and the guarantee: what is published between two sweeps travels together, and
    nobody who publishes waits for a broker (docs/adr/0011).
    """

    def __init__(self, send: Callable[[Claim], None] = send_to_workers) -> None:
        self._send = send
        self._stopped = threading.Event()
        self._next_maintenance = 0.0

    def stop(self) -> None:
        """Ends run() after the batch that is being sent."""
        self._stopped.set()

    def run(self) -> None:
        """Relays until stop(). Whatever fails is logged and tried again: a dead relay would delay everybody."""
        while not self._stopped.is_set():
            pause = RETRY_SECONDS
            try:
                if time.monotonic() >= self._next_maintenance:
                    self._maintain()
                if self.sweep():
                    pause = settings.OUTBOX["SWEEP_SECONDS"]
            except Exception as exc:
                is_expected = isinstance(exc, DatabaseError | PyMongoError)
                log.warning("relay failed", exc_info=not is_expected, extra={"reason": str(exc)})
            self._stopped.wait(pause)

    def sweep(self) -> bool:
        """Sends all that is due for the handlers of this release; False when the broker does not take it."""
        announce_new()
        if not OutboxEntry.objects.due().exists():
            return True
        for handler in list(HANDLERS.values()):
            while not self._stopped.is_set() and (claim := claim_due(handler)):
                if not self._sent(claim):
                    return False
                if len(claim.ids) < handler.batch:
                    break  # that was all; what comes now travels together with what comes next
        return True

    def _sent(self, claim: Claim) -> bool:
        try:
            self._send(claim)
        except Exception as exc:  # each broker has its own errors, and none of them may end the relay
            log.warning("broker does not take tasks", extra={"handler": claim.handler, "reason": str(exc)})
            OutboxEntry.objects.all().release(claim)
            return False
        return True

    def _maintain(self) -> None:
        subscriptions.register()
        if dead := subscriptions.retire():
            log.error("entries of retired handlers failed for good", extra={"entries": dead})
        legacy.convert()
        self._next_maintenance = time.monotonic() + MAINTENANCE_SECONDS
