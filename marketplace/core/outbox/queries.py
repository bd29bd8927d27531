"""What is asked of the outbox. Raw PyMongo where one array element has to change: the ORM cannot say that."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from bson import ObjectId
from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.errors import OperationFailure

Row = Mapping[str, Any]
ERROR_LENGTH = 2000
BACKOFF_SECONDS, BACKOFF_FACTOR, BACKOFF_CAP = (
    2,
    3,
    3600,
)  # 2 s, 6 s, 18 s ... for the attempts of OUTBOX["ATTEMPTS"]


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of whoever holds `token` to run one handler for these events until the lease is over."""

    handler: str
    token: ObjectId
    ids: tuple[ObjectId, ...]

    def only(self, event_id: ObjectId) -> "Claim":
        """The same right for one of the events."""
        return replace(self, ids=(event_id,))

    def rows(self) -> dict[str, Any]:
        """The filter of the documents that are still held by this claim."""
        return {
            "_id": {"$in": list(self.ids)},
            "owing": {"$elemMatch": {"handler": self.handler, "claim": self.token}},
        }

    def entry(self) -> list[dict[str, Any]]:
        """The array filter of the entry of this claim."""
        return [{"it.handler": self.handler, "it.claim": self.token}]


def _leased_until() -> datetime:
    return timezone.now() + timedelta(seconds=settings.OUTBOX["LEASE_SECONDS"])


def _state(now: datetime) -> dict[str, Any]:
    """The pipeline stage that derives `state` and `finished_at` from the two lists."""
    nobody_owes, none_died = {"$eq": ["$owing", []]}, {"$eq": ["$dead", []]}
    state = {"$cond": [{"$not": none_died}, "dead", {"$cond": [nobody_owes, "finished", "owing"]}]}
    finished = {"$cond": [{"$and": [nobody_owes, none_died]}, now, None]}
    return {"$set": {"state": state, "finished_at": finished}}


def _without(array: str, handler: str) -> dict[str, Any]:
    return {"$filter": {"input": f"${array}", "cond": {"$ne": ["$$this.handler", handler]}}}


def _owed(handler: str, now: datetime) -> dict[str, Any]:
    return {"handler": handler, "due_at": now, "attempts": 0, "error": "", "claim": None}


def _new_row(type: str, payload: Row, request_id: str, handlers: Sequence[str]) -> dict[str, Any]:
    now = timezone.now()
    return {
        "_id": ObjectId(), "type": type, "payload": dict(payload), "request_id": request_id,
        "state": "owing" if handlers else "finished", "owing": [_owed(name, now) for name in handlers],
        "dead": [], "created_at": now, "finished_at": None if handlers else now,
    }  # fmt: skip


class OutboxQuerySet(models.QuerySet):
    def dead(self) -> Self:
        """Events with a reaction that failed for good."""
        return self.filter(state="dead")

    def owing(self) -> Self:
        """Events whose reactions are still to come."""
        return self.filter(state="owing")

    def table(self) -> Collection:
        return connection.database[self.model._meta.db_table]

    def lag(self, now: datetime) -> float:
        """How old the oldest event is that waits for a first attempt, in seconds."""
        untried, oldest = {"state": "owing", "owing.attempts": 0}, [("created_at", 1)]
        first = self.table().find_one(untried, {"created_at": 1}, sort=oldest, session=connection.session)
        return max(0.0, (now - first["created_at"].replace(tzinfo=UTC)).total_seconds()) if first else 0.0

    def add(self, type: str, payload: Row, request_id: str, handlers: Sequence[str]) -> ObjectId:
        """Stores an event in the caller's transaction; one that nobody reacts to is finished at once."""
        row = _new_row(type, payload, request_id, handlers)
        self.table().insert_one(row, session=connection.session)
        return row["_id"]

    def add_many(self, events: Iterable[tuple[str, Row, Sequence[str]]], request_id: str) -> None:
        """Stores (type, payload, handlers) of many events in the caller's transaction, in one write."""
        rows = [_new_row(type, payload, request_id, handlers) for type, payload, handlers in events]
        if rows:
            self.table().insert_many(rows, session=connection.session)

    def due_handlers(self) -> list[str]:
        """The names of all handlers that some due event waits for, also those that this version does not have."""
        due = {"owing": {"$elemMatch": {"due_at": {"$lte": timezone.now()}}}}
        return self.table().distinct("owing.handler", due, session=connection.session)

    def has_due(self, handler: str) -> bool:
        """Whether a handler owes something now."""
        due = {"owing": {"$elemMatch": {"handler": handler, "due_at": {"$lte": timezone.now()}}}}
        return self.table().find_one(due, {"_id": 1}, session=connection.session) is not None

    def claim(self, handler: str, *, limit: int, in_flight: int) -> Claim | None:
        """Takes what is due for a handler; None when nothing is. Several relays may ask at once, each gets its own.

        At most `in_flight` events are claimed and unfinished, so a slow handler does not fill the broker's queue.
        """
        now, session, table = timezone.now(), connection.session, self.table()
        held = {"handler": handler, "due_at": {"$gt": now}, "claim": {"$ne": None}}
        room = in_flight - table.count_documents(
            {"owing": {"$elemMatch": held}}, limit=in_flight, session=session
        )
        due = {"owing": {"$elemMatch": {"handler": handler, "due_at": {"$lte": now}}}}
        if room <= 0:
            return None
        ids = [row["_id"] for row in table.find(due, {"_id": 1}, limit=min(limit, room), session=session)]
        claim = Claim(handler, ObjectId(), tuple(ids))
        if not ids or not self._take_unlocked(
            claim, due, [{"it.handler": handler, "it.due_at": {"$lte": now}}]
        ):
            return None
        mine = table.find(claim.rows(), {"_id": 1}, session=session)
        return replace(claim, ids=tuple(row["_id"] for row in mine))

    def _take_unlocked(self, claim: Claim, where: Mapping[str, Any], entry: list[dict[str, Any]]) -> int:
        """Takes those that nobody is just writing; the others are looked at again by the next sweep.

        A plain write waits for a document that a transaction has locked: for a minute, when that belongs to a process
        that was killed, and all other events wait with it. A write in a transaction of its own fails at once instead.
        """
        if connection.session is not None:
            return self._take(claim, where, entry, connection.session)
        try:
            with connection.database.client.start_session() as session, session.start_transaction():
                return self._take(claim, where, entry, session)
        except OperationFailure as exc:
            if not exc.has_error_label("TransientTransactionError"):
                raise
        half = len(claim.ids) // 2
        parts = [claim.ids[:half], claim.ids[half:]] if half else []
        return sum(self._take_unlocked(replace(claim, ids=part), where, entry) for part in parts)

    def _take(
        self,
        claim: Claim,
        where: Mapping[str, Any],
        entry: list[dict[str, Any]],
        session: ClientSession | None,
    ) -> int:
        changes = {"owing.$[it].claim": claim.token, "owing.$[it].due_at": _leased_until()}
        return (
            self.table()
            .update_many(
                {**where, "_id": {"$in": list(claim.ids)}},
                {"$set": changes},
                array_filters=entry,
                session=session,
            )
            .modified_count
        )

    def renewed(self, claim: Claim) -> Claim:
        """The claim under a new token and lease, so that a second copy of the same message finds nothing to do."""
        fresh = replace(claim, token=ObjectId())
        self._take(fresh, claim.rows(), claim.entry(), connection.session)
        return fresh

    def extender(self, claim: Claim) -> Callable[[], None]:
        """What renews the lease of a claim from another thread, over this thread's connection."""
        table = self.table()

        def extend() -> None:
            table.update_many(
                claim.rows(), {"$set": {"owing.$[it].due_at": _leased_until()}}, array_filters=claim.entry()
            )

        return extend

    def held(self, claim: Claim) -> list[dict[str, Any]]:
        """The documents of a claim that are still its own: type, payload, request id and its entry of `owing`."""
        wanted = {"type": 1, "payload": 1, "request_id": 1, "owing": 1}
        rows = list(self.table().find(claim.rows(), wanted, session=connection.session))
        for row in rows:
            row["entry"] = next(item for item in row.pop("owing") if item["handler"] == claim.handler)
        return rows

    def finish(self, claim: Claim) -> int:
        """Strikes the handler off the events that the claim still holds; how many."""
        stages = [{"$set": {"owing": _without("owing", claim.handler)}}, _state(timezone.now())]
        return self.table().update_many(claim.rows(), stages, session=connection.session).modified_count

    def give_back(self, claim: Claim) -> None:
        """Ends a claim that could not be sent: it is due again at once, and the attempt does not count."""
        self.table().update_many(
            claim.rows(),
            {"$set": {"owing.$[it].claim": None, "owing.$[it].due_at": timezone.now()}},
            array_filters=claim.entry(),
            session=connection.session,
        )

    def fail(self, claim: Claim, error: str) -> Iterable[Row]:
        """Notes that the handler failed for the events of the claim: due later, or dead when it failed too often.

        Returns the documents that died.
        """
        died = []
        for row in self.held(claim):
            attempts = row["entry"]["attempts"] + 1
            only, text = claim.only(row["_id"]), error[:ERROR_LENGTH]
            if attempts < settings.OUTBOX["ATTEMPTS"]:
                self._postpone(only, attempts, text)
            else:
                self._bury(only, attempts, text)
                died.append(row)
        return died

    def _postpone(self, claim: Claim, attempts: int, error: str) -> None:
        pause = min(BACKOFF_CAP, BACKOFF_SECONDS * BACKOFF_FACTOR ** (attempts - 1)) * random.uniform(
            0.5, 1.5
        )
        due_at = timezone.now() + timedelta(seconds=pause)
        changes = {"attempts": attempts, "error": error, "claim": None, "due_at": due_at}
        self.table().update_many(
            claim.rows(),
            {"$set": {f"owing.$[it].{name}": value for name, value in changes.items()}},
            array_filters=claim.entry(),
            session=connection.session,
        )

    def _bury(self, claim: Claim, attempts: int, error: str) -> None:
        now = timezone.now()
        entry = {"handler": claim.handler, "attempts": attempts, "error": {"$literal": error}, "died_at": now}
        lists = {"owing": _without("owing", claim.handler), "dead": {"$concatArrays": ["$dead", [entry]]}}
        self.table().update_many(claim.rows(), [{"$set": lists}, _state(now)], session=connection.session)

    def revive(self, event_id: ObjectId, handler: str) -> bool:
        """Moves a dead reaction back to the owed ones, due now; False when there is none."""
        now = timezone.now()
        lists = {
            "dead": _without("dead", handler),
            "owing": {"$concatArrays": ["$owing", [_owed(handler, now)]]},
        }
        where = {"_id": event_id, "dead.handler": handler, "owing.handler": {"$ne": handler}}
        return bool(
            self.table()
            .update_one(where, [{"$set": lists}, _state(now)], session=connection.session)
            .modified_count
        )
