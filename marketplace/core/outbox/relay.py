"""The relay: sees that somebody owes a reaction and hands it to the workers."""

import logging
import threading
import time
from collections.abc import Callable, Iterable

from django.conf import settings
from pymongo.errors import PyMongoError

from marketplace.core.events import HANDLERS, REACTIONS_QUEUE
from marketplace.core.outbox.delivery import batch_of, claim_due
from marketplace.core.outbox.models import OutboxEvent
from marketplace.core.outbox.queries import Claim
from marketplace.core.outbox.stream import Bell, watch
from marketplace.core.tasks import celery_app
from marketplace.core.tasks import deliver as deliver_task

log = logging.getLogger(__name__)
COALESCE_EVENTS, COALESCE_SECONDS = 200, 0.2
RETRY_SECONDS = 1.0
MORE_SECONDS = 0.3
LOOK_FOR_STRANGERS_EVERY = 15  # sweeps; handlers that this version does not have
# Fails at once instead of waiting for the broker: the claim is given back and the next sweep tries again.
SENDING = {"retry": True, "retry_policy": {"max_retries": 1, "interval_start": 0, "interval_max": 0}}


def send_to_workers(claim: Claim) -> None:
    """Puts one claim into the broker."""
    handler = HANDLERS.get(claim.handler)
    celery_app().send_task(
        deliver_task.name,
        args=[claim.handler, [str(event_id) for event_id in claim.ids], str(claim.token)],
        queue=handler.queue if handler else REACTIONS_QUEUE,
        **SENDING,
    )


class Relay:
    """One relay; any number may run at once. The stream of new events is speed, the sweep is the guarantee."""

    def __init__(self, send: Callable[[Claim], None] = send_to_workers) -> None:
        self._send = send
        self._bell = Bell(COALESCE_EVENTS)
        self._stopped = threading.Event()
        self._sweeps = 0
        self._more: set[str] = set()  # handlers that still owed something when enough of theirs was under way

    def stop(self) -> None:
        """Ends run() within about a second; what is claimed and unsent falls due again."""
        self._stopped.set()
        self._bell.ring([])

    def run(self) -> None:
        """Relays until stop()."""
        watcher = threading.Thread(
            target=watch, args=(self._bell, self._stopped), name="outbox-stream", daemon=True
        )
        watcher.start()
        next_sweep = time.monotonic()
        while not self._stopped.is_set():
            try:
                names: Iterable[str] = {*self._bell.wait(self._pause(next_sweep)), *self._more}
                if time.monotonic() >= next_sweep:
                    next_sweep = time.monotonic() + settings.OUTBOX["SWEEP_SECONDS"]
                    names = self._all_names()
                if not self.dispatch(names):
                    self._stopped.wait(RETRY_SECONDS)
                # Under load the events of the next moment travel together.
                self._bell.wait_full(COALESCE_SECONDS)
            except (
                Exception
            ) as exc:  # whatever it was, the next sweep tries again; a dead relay would delay everybody
                known = isinstance(exc, PyMongoError)
                log.warning("relay hiccup", exc_info=not known, extra={"reason": str(exc)})
                self._stopped.wait(RETRY_SECONDS)
        watcher.join(timeout=2)

    def dispatch(self, names: Iterable[str]) -> bool:
        """Sends everything that these handlers owe now; False when the broker does not take it."""
        for name in names:
            has_sent = False
            while not self._stopped.is_set() and (claim := claim_due(name)):
                if not self._sent(claim):
                    return False
                has_sent = True
                if len(claim.ids) < batch_of(name):
                    break  # that was all; what comes now travels together with what comes next
            if (has_sent or name in self._more) and OutboxEvent.objects.all().has_due(name):
                self._more.add(name)
            else:
                self._more.discard(name)
        return True

    def _pause(self, next_sweep: float) -> float:
        until_sweep = max(0.0, next_sweep - time.monotonic())
        return min(until_sweep, MORE_SECONDS) if self._more else until_sweep

    def _sent(self, claim: Claim) -> bool:
        try:
            self._send(claim)
        except Exception as exc:  # each broker has its own errors, and none of them may end the relay
            log.warning("broker does not take tasks", extra={"handler": claim.handler, "reason": str(exc)})
            OutboxEvent.objects.all().give_back(claim)
            return False
        return True

    def _all_names(self) -> list[str]:
        self._sweeps += 1
        names = dict.fromkeys(HANDLERS)
        if self._sweeps % LOOK_FOR_STRANGERS_EVERY == 1:
            names |= dict.fromkeys(OutboxEvent.objects.all().due_handlers())
        return list(names)
