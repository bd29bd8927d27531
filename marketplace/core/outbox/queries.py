"""Claims, leases, retries and dead letters as ORM updates; only the insert is raw, for it is in most requests."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from bson import ObjectId
from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from marketplace.core.db import try_once
from marketplace.core.events import HANDLERS, Event

ERROR_LENGTH = 2000
# 2 s, 6 s, 18 s ... up to an hour, for the attempts of OUTBOX["ATTEMPTS"].
BACKOFF_SECONDS, BACKOFF_FACTOR, BACKOFF_CAP = 2, 3, 3600
DEFER_SECONDS = 10
WAITING = ("pending", "claimed")


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of whoever holds `token` to run one handler for those of these entries that carry it, for a lease."""

    handler: str
    token: ObjectId
    ids: tuple[ObjectId, ...]

    def only(self, *ids: ObjectId) -> "Claim":
        """The same right for some of the entries."""
        return replace(self, ids=ids)


def lease_end() -> datetime:
    """Until when a claim that is made or renewed now is good."""
    return timezone.now() + timedelta(seconds=settings.OUTBOX["LEASE_SECONDS"])


class OutboxQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Entries whose work is still to come, claimed ones included."""
        return self.filter(state__in=WAITING)

    def dead(self) -> Self:
        """Entries that failed for good."""
        return self.filter(state="dead")

    def due(self) -> Self:
        """Entries that may be claimed now: pending ones, and claimed ones whose lease is over."""
        return self.waiting().filter(due_at__lte=timezone.now())

    def held_by(self, claim: Claim) -> Self:
        """The entries of a claim that still carry its token."""
        return self.filter(pk__in=claim.ids, claim=claim.token)

    def lag(self) -> float:
        """Seconds since the oldest entry was published that waits for a first attempt of a handler of this release."""
        # Ids grow with time and finished entries are gone: the first ones in the order of _id are the answer.
        untried = self.waiting().filter(attempts=0, error="", handler__in=list(HANDLERS))
        first = untried.order_by("pk").values_list("created_at", flat=True).first()
        return max(0.0, (timezone.now() - first).total_seconds()) if first else 0.0

    def add(self, pairs: Iterable[tuple[Event, str]], request_id: str) -> int:
        """Stores entries for (event, handler) in the caller's transaction with one write; how many."""
        now = timezone.now()
        rows: list[dict[str, Any]] = [
            {"_id": ObjectId(), "event": event.name, "payload": event.payload(), "handler": handler,
             "state": "pending", "due_at": now, "attempts": 0, "claim": None, "error": "",
             "request_id": request_id, "created_at": now}
            for event, handler in pairs
        ]  # fmt: skip
        if rows:  # raw: half the time of bulk_create(), in the transaction that a person waits for
            table = connection.database[self.model._meta.db_table]
            table.insert_many(rows, session=connection.session)
        return len(rows)

    def claim(self, handler: str, *, limit: int, in_flight: int) -> Claim | None:
        """Claims up to `limit` due entries of a handler; None when there is nothing, or `in_flight` are under way.

        Any number of relays may ask at once: an entry carries one token, so it belongs to one of them.
        """
        mine = self.filter(handler=handler)
        under_way = mine.filter(state="claimed", due_at__gt=timezone.now())[:in_flight].count()
        room = min(limit, in_flight - under_way)
        if room <= 0:
            return None
        claim = Claim(handler, ObjectId(), tuple(mine.due().values_list("pk", flat=True)[:room]))
        return claim if claim.ids and self._take(claim) else None

    def _take(self, claim: Claim) -> int:
        """Writes the token; how many entries took it.

        A plain write waits for a document that a transaction has locked: for a minute, when that belongs to a process
        that was killed, and all other entries wait with it. In a transaction of its own it fails at once, so the batch
        is halved until only the locked ones are left out, for a later sweep.
        """
        due = self.due().filter(pk__in=claim.ids)
        taken = try_once(lambda: due.update(state="claimed", claim=claim.token, due_at=lease_end()))
        if taken is not None:
            return taken
        half = len(claim.ids) // 2
        halves = [claim.ids[:half], claim.ids[half:]] if half else []
        return sum(self._take(claim.only(*ids)) for ids in halves)

    def renewed(self, claim: Claim) -> Claim:
        """The claim under a new token and lease, so that a second copy of its message finds nothing to do."""
        fresh = replace(claim, token=ObjectId())
        self.held_by(claim).update(claim=fresh.token, due_at=lease_end())
        return fresh

    def release(self, claim: Claim) -> None:
        """Ends a claim that could not be sent: due again at once, and no attempt counted."""
        self.held_by(claim).update(state="pending", claim=None, due_at=timezone.now())

    def defer(self, claim: Claim, reason: str) -> None:
        """Leaves the entries for another worker or a better time: due again soon, and no attempt counted."""
        due_at = timezone.now() + timedelta(seconds=DEFER_SECONDS)
        self.held_by(claim).update(state="pending", claim=None, due_at=due_at, error=reason[:ERROR_LENGTH])

    def fail(self, claim: Claim, error: str) -> Any | None:
        """Notes a failed attempt of a claim of one entry: due later, or dead after OUTBOX["ATTEMPTS"].

        Returns the entry when it is dead now.
        """
        entry = self.held_by(claim).first()
        if entry is None:
            return None
        entry.attempts += 1
        pause = min(BACKOFF_CAP, BACKOFF_SECONDS * BACKOFF_FACTOR ** (entry.attempts - 1))
        due_at = timezone.now() + timedelta(seconds=pause * random.uniform(0.5, 1.5))
        is_dead = entry.attempts >= settings.OUTBOX["ATTEMPTS"]
        self.held_by(claim).update(
            state="dead" if is_dead else "pending", due_at=None if is_dead else due_at, claim=None,
            attempts=entry.attempts, error=error[:ERROR_LENGTH],
        )  # fmt: skip
        return entry if is_dead else None
