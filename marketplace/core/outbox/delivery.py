"""Runs handlers: exactly once for work in MongoDB, at least once for external work (docs/adr/0004)."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pymongo.errors import PyMongoError

from marketplace.core.db import atomic
from marketplace.core.errors import Conflict
from marketplace.core.events import HANDLERS, DependencyAway, Handler, UnknownEvent, rebuild
from marketplace.core.logs import bound_request_ids
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.outbox.queries import Claim, lease_end

log = logging.getLogger(__name__)
IN_FLIGHT_BATCHES = 10


class EntryNotDead(Conflict):
    """Only an entry that failed for good can be requeued or discarded."""

    message = _("This reaction is not waiting to be run again.")


def claim_due(handler: Handler) -> Claim | None:
    """The next batch of a handler, claimed for the caller; None when nothing is due, or enough is under way."""
    most = settings.OUTBOX["EXTERNAL_BATCHES"] if handler.external else IN_FLIGHT_BATCHES
    return OutboxEntry.objects.all().claim(handler.name, limit=handler.batch, in_flight=handler.batch * most)


def deliver(claim: Claim) -> int:
    """Runs the handler of a claim for the entries that it still holds; how many are done.

    When a batch fails its entries are run one by one, so that a poisoned one does not hold up the others. A failure
    is tried again later, and dead after OUTBOX["ATTEMPTS"]. What needs a server that is away (DependencyAway) waits for
    it. What this release does not know (a roll-out is under way) is left to a worker that does.
    """
    handler = HANDLERS.get(claim.handler)
    if handler is None:
        OutboxEntry.objects.all().defer(claim, f"this release has no handler {claim.handler}")
        return 0
    if not handler.external:
        return _attempt(handler, claim, _run_in_transaction)
    claim = OutboxEntry.objects.all().renewed(claim)
    with _lease_renewed(claim):
        return _attempt(handler, claim, _run_outside)


def deliver_all_due() -> int:
    """Delivers all due entries in this process, until none is due; how many. For tests and scripts.

    Raises what a handler raises, at the first failure.
    """
    from marketplace.core.outbox.announcing import announce_new  # it knows the models

    count = 0
    announce_new()
    while claims := [claim for handler in list(HANDLERS.values()) if (claim := claim_due(handler))]:
        for claim in claims:
            handler = HANDLERS[claim.handler]
            count += (_run_outside if handler.external else _run_in_transaction)(handler, claim)
    return count


def requeue(*, entry: OutboxEntry) -> None:
    """Gives an entry that failed for good another full set of attempts; EntryNotDead when it is not dead."""
    again = {"state": "pending", "due_at": timezone.now(), "attempts": 0, "error": ""}
    if not OutboxEntry.objects.dead().filter(pk=entry.pk).update(**again):
        raise EntryNotDead


def discard(*, entry: OutboxEntry) -> None:
    """Removes an entry that failed for good and that nobody wants to run; EntryNotDead when it is not dead."""
    removed, _rows = OutboxEntry.objects.dead().filter(pk=entry.pk).delete()
    if not removed:
        raise EntryNotDead


def _attempt(handler: Handler, claim: Claim, run: Callable[[Handler, Claim], int]) -> int:
    try:
        return run(handler, claim)
    except DependencyAway as exc:
        log.warning("reaction deferred", extra={"handler": handler.name, "reason": str(exc)})
        OutboxEntry.objects.all().defer(claim, str(exc))
        return 0
    except Exception as exc:
        if len(claim.ids) == 1:
            _note_failure(handler, claim, exc)
            return 0
    return sum(_attempt(handler, claim.only(entry_id), run) for entry_id in claim.ids)


def _run_in_transaction(handler: Handler, claim: Claim) -> int:
    # The entries go in the transaction of the work; last, so that they are locked for a moment only: a worker that is
    # killed half way does not leave them locked until MongoDB gives its transaction up.
    return atomic(_run_outside)(handler, claim)


def _run_outside(handler: Handler, claim: Claim) -> int:
    held = OutboxEntry.objects.held_by(claim)
    entries = list(held)
    if entries:
        _react(handler, entries)
        held.all().delete()
    return len(entries)


def _react(handler: Handler, entries: list[OutboxEntry]) -> None:
    with bound_request_ids([entry.request_id for entry in entries], handler=handler.name):
        handler.react([rebuild(entry.event, entry.payload, handler) for entry in entries])
        log.info("reacted", extra={"events": len(entries)})


def _note_failure(handler: Handler, claim: Claim, exc: Exception) -> None:
    facts = {"handler": handler.name, "outbox_id": str(claim.ids[0])}
    if isinstance(exc, UnknownEvent):
        OutboxEntry.objects.all().defer(claim, str(exc))
        return
    log.warning("reaction failed", exc_info=exc, extra=facts)
    dead = OutboxEntry.objects.all().fail(claim, f"{type(exc).__name__}: {exc}")
    if dead:
        log.error(
            "reaction failed for good",
            extra={**facts, "event_name": dead.event, "request_id": dead.request_id},
        )


@contextmanager
def _lease_renewed(claim: Claim) -> Iterator[None]:
    """Renews the lease while a long piece of work is under way; a killed worker stops renewing it."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(settings.OUTBOX["LEASE_SECONDS"] / 3):
            try:
                OutboxEntry.objects.held_by(claim).update(due_at=lease_end())
            except (DatabaseError, PyMongoError) as exc:
                log.warning("lease not renewed", extra={"handler": claim.handler, "reason": str(exc)})

    thread = threading.Thread(target=renew, name="outbox-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
