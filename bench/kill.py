"""Throughput and losses of reactions: 2,000 comments without kills, then 2,000 while worker, Valkey and relay are
killed (SIGKILL) in turn.

    python -m bench.kill [COUNT]

Each comment also sends a probe of the fault tests' app, whose handlers take their time and show every doubled run. At
the end all entries must be gone, and every count must be what was posted.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle
from pathlib import Path

from tests.faults.backend import Backend

PAUSE = 0.01
EVERY = 160  # comments between two kills
SETTLE_SECONDS = 120


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    names = cycle(("worker", "valkey", "relay"))
    kills = {number: next(names) for number in range(EVERY, count, EVERY)}
    with tempfile.TemporaryDirectory() as folder:
        backend = Backend(Path(folder))
        try:
            backend.open("-m", "marketplace.embedded.prepare")
            without = measure(backend, count, {})
            under_kills = measure(backend, count, kills)
        finally:
            backend.close()
    print(f"{'':10}{'comments/s':>12}{'settled after':>15}{'lost':>6}{'doubled':>9}{'dead':>6}  killed")
    for name, row in (("no kills", without), ("killing", under_kills)):
        faults = f"{row['lost']:6}{row['doubled']:9}{row['dead']:6}"
        killed = ", ".join(f"{who} {times}x" for who, times in row["killed"].items())
        print(f"{name:10}{row['comments_per_s']:12}{row['settled_s']:13} s{faults}  {killed}")
    ratio = round(under_kills["comments_per_s"] / without["comments_per_s"], 2)
    result = {"comments": count, "without": without, "killing": under_kills, "posting_ratio": ratio}
    print("RESULT", json.dumps(result))
    return int(
        any(
            row[fault] for row in (without, under_kills) for fault in ("lost", "doubled", "dead", "unsettled")
        )
    )


def measure(backend: Backend, count: int, kills: dict[int, str]) -> dict:
    """Publishes, waits until every reaction is stored, and counts what is there."""
    for name in (
        "core_outboxentry",
        "probes",
        "probe_rows",
        "probe_copies",
        "social_comment",
        "listings_listing",
        "accounts_user",
    ):
        backend.db[name].delete_many({})
    started = time.monotonic()
    backend.publish("comments", count, PAUSE, kills)
    posted = time.monotonic()
    backend.wait_until(lambda: not backend.entries(state={"$ne": "dead"}), SETTLE_SECONDS)
    settled = time.monotonic()
    rows = Counter(row["number"] for row in backend.db["probe_rows"].find())
    counted = sum(row["comment_count"] for row in backend.db["listings_listing"].find())
    total = (backend.db["probes"].find_one({"_id": "total"}) or {"runs": 0})["runs"]
    found = [counted, total, sum(rows.values())]
    stored = [
        len(rows),
        backend.db["probe_copies"].count_documents({}),
        backend.db["social_comment"].count_documents({}),
    ]
    return {
        "comments_per_s": round(count / (posted - started), 1),
        "settled_s": round(settled - posted, 1),
        "lost": count - min(found + stored),
        "doubled": max(found) - count,
        "dead": backend.entries(state="dead"),
        "unsettled": backend.entries(state={"$ne": "dead"}),
        "killed": dict(Counter(kills.values())),
    }


if __name__ == "__main__":
    sys.exit(main())
