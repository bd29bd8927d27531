"""How many likes and comments a second are stored over HTTP, with worker and relay reacting, beside the bare driver.

    python -m bench.writes [--seconds 10]

granian serves with two processes as in production; each request is another person and listing. At the end every
acknowledged write must be in the database and every counter must equal the number of its documents.
"""

import argparse
import json
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bson import ObjectId

from bench.http_client import Answers, request_bytes, send_all
from bench.pages import PORT
from bench.shop import LISTINGS, running_shop

CONNECTIONS, SETTLE_SECONDS = 16, 30


def like_requests(made: dict[str, list[str]]) -> tuple[list[bytes], list[tuple[str, str]]]:
    """A request for each pair of listing and person, and the pairs; neighbours in the list share neither."""
    pairs, requests = [], []
    for turn in range(LISTINGS):
        for n, token in enumerate(made["tokens"]):
            listing = made["listings"][(turn + n * 7) % LISTINGS]
            pairs.append((listing, made["people"][n]))
            headers = {"Authorization": f"Bearer {token}"}
            requests.append(request_bytes("PUT", f"/api/v1/listings/{listing}/like/", headers))
    return requests, pairs


def comment_requests(made: dict[str, list[str]]) -> tuple[list[bytes], list[str]]:
    """As many comments, and the key of each."""
    keys, requests = [], []
    for turn in range(LISTINGS):
        for n, token in enumerate(made["tokens"]):
            keys.append(uuid.uuid4().hex)
            listing = made["listings"][(turn + n * 7) % LISTINGS]
            body = json.dumps({"body": "Is it true to size?", "request_key": keys[-1]}).encode()
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            requests.append(request_bytes("POST", f"/api/v1/listings/{listing}/comments/", headers, body))
    return requests, keys


def bare_inserts(database: Any, seconds: float) -> float:
    """Acknowledged inserts a second of a document like a like, by the driver alone over as many threads."""
    table = database["bench_bare"]
    table.create_index([("listing_id", 1), ("user_id", 1)], unique=True)
    end = time.monotonic() + seconds

    def insert() -> int:
        done = 0
        while time.monotonic() < end:
            table.insert_one({"listing_id": ObjectId(), "user_id": ObjectId()})
            done += 1
        return done

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        done = sum(future.result() for future in [threads.submit(insert) for _ in range(CONNECTIONS)])
    table.drop()
    return done / seconds


def settled(database: Any, counter: str, documents: str) -> tuple[float, int]:
    """Waits until the counters of all listings equal their documents: seconds, and how many counters are wrong."""
    begun = time.monotonic()
    while True:
        groups = database[documents].aggregate([{"$group": {"_id": "$listing_id", "n": {"$sum": 1}}}])
        real = {row["_id"]: row["n"] for row in groups}
        shown = {row["_id"]: row[counter] for row in database["listings_listing"].find({}, {counter: 1})}
        wrong = sum(shown[key] != real.get(key, 0) for key in shown)
        waited = time.monotonic() - begun
        if not wrong or waited > SETTLE_SECONDS:
            return waited, wrong
        time.sleep(0.1)


def report(name: str, answers: Answers, wait: tuple[float, int], lost: int, bare: float) -> dict[str, Any]:
    row = {
        "rate": round(answers.rate), "of_bare": round(answers.rate / bare, 3), "p50": round(answers.percentile(0.5), 1),
        "p95": round(answers.percentile(0.95), 1), "acknowledged": len(answers.acknowledged()),
        "refused": len(answers.status) - len(answers.acknowledged()), "lost": lost, "settled_s": round(wait[0], 1),
        "wrong_counters": wait[1],
    }  # fmt: skip
    print(f"{name:10}", "  ".join(f"{key} {value}" for key, value in row.items()))
    return row


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    with running_shop() as shop:
        made, database = shop.made, shop.database
        hello = [request_bytes("GET", "/hello/", {})] * 100_000
        send_all(PORT, hello, seconds=1)  # warms up
        result: dict[str, Any] = {"hello": round(send_all(PORT, hello, seconds=3).rate)}
        result["bare"] = round(bare := bare_inserts(database, 3))
        print(f"hello view {result['hello']}/s, bare inserts {result['bare']}/s, {CONNECTIONS} connections")
        requests, pairs = like_requests(made)
        answers = send_all(PORT, requests, seconds=options.seconds)
        wait = settled(database, "like_count", "social_like")
        stored = {(str(row["listing_id"]), str(row["user_id"])) for row in database["social_like"].find()}
        lost = sum(pairs[place] not in stored for place in answers.acknowledged())
        result["likes"] = report("likes", answers, wait, lost, bare)
        requests, keys = comment_requests(made)
        answers = send_all(PORT, requests, seconds=options.seconds)
        wait = settled(database, "comment_count", "social_comment")
        stored = {row["request_key"] for row in database["social_comment"].find({}, {"request_key": 1})}
        lost = sum(keys[place] not in stored for place in answers.acknowledged())
        result["comments"] = report("comments", answers, wait, lost, bare)
    print("RESULT", json.dumps(result))
    rows = (result["likes"], result["comments"])
    return int(any(row["lost"] or row["refused"] or row["wrong_counters"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
