"""An event for the outbox tests, and a handler that is not idempotent, so that a doubled run shows."""

from dataclasses import dataclass

from django.db import connection

from marketplace.core.events import Event


@dataclass(frozen=True, kw_only=True)
class Planted(Event):
    """Something happened."""

    number: int


def count(events: list[Planted]) -> None:
    """Counts each event; not idempotent, so that a doubled run shows."""
    table = connection.database["planted"]
    for event in events:
        table.update_one(
            {"_id": event.number}, {"$inc": {"runs": 1}}, upsert=True, session=connection.session
        )


def runs() -> dict[int, int]:
    """How often `count` ran for each number."""
    return {
        row["_id"]: row["runs"] for row in connection.database["planted"].find(session=connection.session)
    }
