"""Runs handlers. What they do in MongoDB happens exactly once, whatever is delivered twice or killed half way."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bson import ObjectId
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pymongo.errors import PyMongoError

from marketplace.core.db import atomic
from marketplace.core.errors import Conflict
from marketplace.core.events import HANDLERS, Handler, rebuild
from marketplace.core.logs import bound_request_ids
from marketplace.core.outbox.models import OutboxEvent
from marketplace.core.outbox.queries import Claim

log = logging.getLogger(__name__)
IN_FLIGHT_BATCHES = 10


class ReactionNotDead(Conflict):
    """Only a reaction that failed for good can be run again."""

    message = _("This reaction is not waiting to be run again.")


def batch_of(handler_name: str) -> int:
    """The most events that a handler takes at once; 1 for one that this version does not have."""
    handler = HANDLERS.get(handler_name)
    return handler.batch if handler else 1


def claim_due(handler_name: str) -> Claim | None:
    """The next batch that a handler owes, claimed for the caller; None when there is nothing (or enough under way)."""
    batch, handler = batch_of(handler_name), HANDLERS.get(handler_name)
    most = settings.OUTBOX["EXTERNAL_BATCHES"] if handler and handler.external else IN_FLIGHT_BATCHES
    return OutboxEvent.objects.all().claim(handler_name, limit=batch, in_flight=batch * most)


def deliver(claim: Claim) -> int:
    """Runs the handler of a claim for the events that it still holds; how many reactions were stored.

    When a batch fails its events are run one by one, so that a poisoned one does not hold up the others. Failures are
    noted on the event: tried again later, dead after OUTBOX["ATTEMPTS"].
    """
    handler = HANDLERS.get(claim.handler)
    if handler is None:
        _note_failure(claim, f"this version has no handler {claim.handler}")
        return 0
    if not handler.external:
        return _attempt(handler, claim, _run_in_transaction)
    claim = OutboxEvent.objects.all().renewed(claim)
    with _lease_kept(claim):
        return _attempt(handler, claim, _run_outside)


def deliver_all_due() -> int:
    """Runs every reaction that is due, and those that they bring about, here and now; for tests and scripts.

    Raises what a handler raises, at the first failure.
    """
    count = 0
    while claims := [claim for name in list(HANDLERS) if (claim := claim_due(name))]:
        for claim in claims:
            handler = HANDLERS[claim.handler]
            count += (_run_outside if handler.external else _run_in_transaction)(handler, claim)
    return count


def run_again(*, event: OutboxEvent, handler: str) -> None:
    """Gives a reaction that failed for good another full set of attempts; ReactionNotDead when it is not."""
    if not OutboxEvent.objects.all().revive(event.pk, handler):
        raise ReactionNotDead


def _attempt(handler: Handler, claim: Claim, run: Callable[[Handler, Claim], int]) -> int:
    try:
        return run(handler, claim)
    except Exception as exc:
        if len(claim.ids) == 1:
            facts = {"handler": handler.name, "outbox_id": str(claim.ids[0])}
            log.warning("reaction failed", exc_info=True, extra=facts)
            _note_failure(claim, f"{type(exc).__name__}: {exc}")
            return 0
    return sum(_attempt(handler, claim.only(event_id), run) for event_id in claim.ids)


def _run_in_transaction(handler: Handler, claim: Claim) -> int:
    @atomic
    def work() -> int:
        rows = OutboxEvent.objects.all().held(claim)
        if not rows:
            return 0
        _react(handler, rows)
        # Last, so that the events are locked for a moment only: another handler's claim on them need not wait, and
        # a worker that is killed half way does not leave them locked until MongoDB gives its transaction up.
        OutboxEvent.objects.all().finish(claim)
        return len(rows)

    return work()


def _run_outside(handler: Handler, claim: Claim) -> int:
    rows = OutboxEvent.objects.all().held(claim)
    if rows:
        _react(handler, rows)
        OutboxEvent.objects.all().finish(claim)
    return len(rows)


def _react(handler: Handler, rows: list[dict[str, Any]]) -> None:
    with bound_request_ids([row["request_id"] for row in rows], handler=handler.name):
        handler.react([rebuild(row["type"], row["payload"]) for row in rows])
        log.info("reacted", extra={"events": len(rows)})


def _note_failure(claim: Claim, error: str) -> None:
    for row in OutboxEvent.objects.all().fail(claim, error):
        log.error(
            "reaction given up",
            extra={"handler": claim.handler, "outbox_id": str(row["_id"]), "type": row["type"], "error": error,
                   "request_id": row["request_id"]},
        )  # fmt: skip


@contextmanager
def _lease_kept(claim: Claim) -> Iterator[None]:
    """Renews the lease while a long piece of work is under way; a killed worker stops renewing it."""
    outbox, done = OutboxEvent.objects.all(), threading.Event()
    extend = outbox.extender(claim)

    def renew() -> None:
        while not done.wait(settings.OUTBOX["LEASE_SECONDS"] / 3):
            try:
                extend()
            except PyMongoError as exc:
                log.warning("lease not renewed", extra={"handler": claim.handler, "reason": str(exc)})

    thread = threading.Thread(target=renew, name="outbox-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()


def claim_of(handler: str, event_ids: list[str], token: str) -> Claim:
    """A claim as it came through the broker."""
    return Claim(handler, ObjectId(token), tuple(ObjectId(event_id) for event_id in event_ids))
