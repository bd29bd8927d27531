"""Events that the release before this one stores: one document with a list of handlers, in `core_outboxevent`.

Its processes may go on writing them until the roll-out is over, so the migration and then the relay convert them.
The release after this one deletes this module and the collection.
"""

from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from django.db import connection

from marketplace.core.db import atomic

OLD, NEW = "core_outboxevent", "core_outboxentry"
Row = dict[str, Any]


def convert() -> int:
    """Makes entries of all that is pending or dead in the old collection; how many. Safe beside its workers."""
    unfinished = {"state": {"$in": ["owing", "dead"]}}
    return sum(_convert_one(row["_id"]) for row in connection.database[OLD].find(unfinished, {"_id": 1}))


@atomic
def _convert_one(event_id: ObjectId) -> int:
    # An old worker that is just storing its work collides with this write, and the later one of both starts over.
    done = {"owing": [], "dead": [], "state": "finished", "finished_at": datetime.now(UTC)}
    event = connection.database[OLD].find_one_and_update(
        {"_id": event_id, "state": {"$ne": "finished"}}, {"$set": done}, session=connection.session
    )
    if event is None:
        return 0
    rows = [_entry(event, item, "pending") for item in event["owing"]]
    rows += [_entry(event, item, "dead") for item in event["dead"]]
    if rows:
        connection.database[NEW].insert_many(rows, session=connection.session)
    return len(rows)


def _entry(event: Row, item: Row, state: str) -> Row:
    return {
        "_id": ObjectId(), "event": event["type"], "payload": event["payload"], "handler": item["handler"],
        "state": state, "due_at": item.get("due_at") if state == "pending" else None, "attempts": item["attempts"],
        "claim": None, "error": item["error"], "request_id": event["request_id"], "created_at": event["created_at"],
    }  # fmt: skip
