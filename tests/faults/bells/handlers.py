"""Reactions whose traces the tests count."""

import logging
import time

from django.db import connection
from django.utils import timezone

from marketplace.core.events import on
from tests.faults.bells.events import BellRung

log = logging.getLogger(__name__)
WORK_SECONDS = 0.2  # so that whoever is killed is in the middle of something


@on(BellRung)
def count_rings(events: list[BellRung]) -> None:
    """Not idempotent on purpose: a doubled run shows in the total."""
    time.sleep(WORK_SECONDS)
    connection.database["bells"].update_one(
        {"_id": "total"}, {"$inc": {"rings": len(events)}}, upsert=True, session=connection.session
    )


@on(BellRung)
def write_rings(events: list[BellRung]) -> None:
    """One row a run and event."""
    rows = [{"number": event.number, "at": timezone.now()} for event in events]
    connection.database["rings"].insert_many(rows, session=connection.session)
    log.info("bells written", extra={"numbers": [event.number for event in events]})


@on(BellRung, external=True, batch=50)
def echo_rings(events: list[BellRung]) -> None:
    """Outside MongoDB this would be at least once; the upsert stands for the idempotent work."""
    time.sleep(WORK_SECONDS)
    for event in events:
        connection.database["echoes"].update_one({"_id": event.number}, {"$inc": {"runs": 1}}, upsert=True)
