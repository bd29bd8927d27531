"""Throughput of the outbox: publish N events, drain them by relay and worker code, beside the bare driver.

    python -m bench.outbox [COUNT]

publish      a transaction that writes one document of an app, without an event, with one, and with a send to the broker
claim        what the relay does for a batch of 200: find, one conditional update
drain        claim, run a handler that writes once a batch, delete; at the end every event was counted once
bare         insert_many and delete_many of the same documents in batches of 200, by PyMongo
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.data import BENCH_ENVIRON
from marketplace.embedded import ensure_servers

BATCH, ROUNDS = 200, 300


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with TemporaryDirectory() as folder:
        servers = ensure_servers(Path(folder), only=("mongod", "valkey"))
        os.environ.update(
            servers.environ() | BENCH_ENVIRON | {"GINGHAM_VAR": folder, "MONGODB_NAME": "bench_outbox"}
        )
        try:
            result = measure(count)
        finally:
            servers.stop()
    for name, value in result.items():
        print(f"{name:34}{value:>12,}")
    print("RESULT", json.dumps(result))
    return int(result["counted"] != count)


def measure(count: int) -> dict[str, float]:
    """Sets up Django on the started servers and takes every figure."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from bson import ObjectId
    from django.db import connection

    from marketplace.core.db import atomic
    from marketplace.core.events import HANDLERS, Event, on, publish, publish_all
    from marketplace.core.outbox import delivery
    from marketplace.core.outbox.models import OutboxEntry
    from marketplace.core.tasks import celery_app

    HANDLERS.clear()

    @dataclass(frozen=True, kw_only=True)
    class Liked(Event):
        """For this bench."""

        listing_id: ObjectId

    @on(Liked)
    def count_likes(events: list[Liked]) -> None:
        table = connection.database["bench_counts"]
        table.update_one({"_id": 1}, {"$inc": {"n": len(events)}}, upsert=True, session=connection.session)

    handler = next(iter(HANDLERS.values()))
    rows = connection.database["bench_rows"]

    def like(*more: Callable[[], object]) -> Callable[[], object]:
        @atomic
        def service() -> None:
            rows.insert_one({"at": time.time()}, session=connection.session)
            for step in more:
                step()

        return service

    def send() -> None:
        celery_app().send_task(
            "core.deliver", args=[handler.name, [str(ObjectId())], str(ObjectId())], queue="reactions"
        )

    def announce() -> None:
        publish(Liked(listing_id=ObjectId()))

    steps = {
        "plain": like(),
        "with_event": like(announce),
        "with_event_and_send": lambda: (like(announce)(), send()),
    }
    like(announce)(), send()
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _round in range(ROUNDS):
        for name, step in steps.items():  # in turn: the same noise for each
            times[name].append(clocked(step))
    result = {f"transaction_ms_{name}": round(median(taken) * 1000, 2) for name, taken in times.items()}

    OutboxEntry.objects.all().delete()
    store = atomic(publish_all)
    events = [Liked(listing_id=ObjectId()) for _ in range(count)]
    chunks = [events[start : start + BATCH] for start in range(0, count, BATCH)]
    result["publish_per_s"] = round(count / clocked(lambda: [store(chunk) for chunk in chunks]))
    lag = clocked(lambda: OutboxEntry.objects.all().lag())
    result["lag_ms_with_backlog"] = round(lag * 1000, 1)

    claims: list = []
    claim_s, deliver_s = 0.0, 0.0
    while OutboxEntry.objects.exists():
        claim_s += clocked(lambda: claims.append(delivery.claim_due(handler)))
        deliver_s += clocked(lambda: delivery.deliver(claims[-1]))
    result["claimed_entries_per_s"] = round(count / claim_s)
    result["claim_ms_per_batch"] = round(claim_s / len(chunks) * 1000, 1)
    result["drained_per_s"] = round(count / (claim_s + deliver_s))
    result["counted"] = connection.database["bench_counts"].find_one()["n"]

    bare = connection.database["bench_bare"]
    bare.create_index([("state", 1), ("handler", 1), ("due_at", 1)])
    shape = {"event": "Liked", "payload": {"listing_id": ObjectId()}, "handler": handler.name, "state": "pending",
             "due_at": 1, "attempts": 0, "claim": None, "error": "", "request_id": "", "created_at": 1}  # fmt: skip
    ids = [[ObjectId() for _ in chunk] for chunk in chunks]
    inserts = clocked(lambda: [bare.insert_many([{"_id": one, **shape} for one in chunk]) for chunk in ids])
    deletes = clocked(lambda: [bare.delete_many({"_id": {"$in": chunk}}) for chunk in ids])
    result["bare_insert_many_per_s"] = round(count / inserts)
    result["bare_delete_many_per_s"] = round(count / deletes)
    result["publish_share_of_bare"] = round(result["publish_per_s"] / result["bare_insert_many_per_s"], 2)
    result["drain_share_of_bare_delete"] = round(
        result["drained_per_s"] / result["bare_delete_many_per_s"], 2
    )
    return result


def clocked(step: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
