"""Reactions whose traces the tests count."""

import logging
import time

from django.db import connection
from django.utils import timezone

from marketplace.core.events import on
from tests.faults.probes.events import ProbeSent

log = logging.getLogger(__name__)
WORK_SECONDS = 0.2  # so that whoever is killed is in the middle of something


@on(ProbeSent)
def count_probes(events: list[ProbeSent]) -> None:
    """Not idempotent on purpose: a doubled run shows in the total."""
    time.sleep(WORK_SECONDS)
    connection.database["probes"].update_one(
        {"_id": "total"}, {"$inc": {"runs": len(events)}}, upsert=True, session=connection.session
    )


@on(ProbeSent)
def write_probes(events: list[ProbeSent]) -> None:
    """One row a run and event."""
    rows = [{"number": event.number, "at": timezone.now()} for event in events]
    connection.database["probe_rows"].insert_many(rows, session=connection.session)
    log.info("probes written", extra={"numbers": [event.number for event in events]})


@on(ProbeSent, external=True, batch=50)
def copy_probes(events: list[ProbeSent]) -> None:
    """Outside MongoDB this would be at least once; the upsert stands for the idempotent work."""
    time.sleep(WORK_SECONDS)
    for event in events:
        connection.database["probe_copies"].update_one(
            {"_id": event.number}, {"$inc": {"runs": 1}}, upsert=True
        )
