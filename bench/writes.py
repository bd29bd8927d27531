"""How many likes and comments a second are stored over HTTP, with worker and relay reacting, beside the bare driver.

    python -m bench.writes [--seconds 10]

granian serves with two processes as in production; each request is another person and listing. At the end every
acknowledged write must be in the database and every counter must equal the number of its documents.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pymongo
from bson import ObjectId

from bench.data import BENCH_ENVIRON, manage
from bench.http_client import Answers, request_bytes, send_all
from bench.pages import PORT, serve
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, LISTINGS, CONNECTIONS, SETTLE_SECONDS = 60, 300, 16, 30
# No limit may stand in the way of one person's hundreds of writes.
RULES = {f"limit.{scope}.count": 10**9 for scope in ("api", "like", "comment", "socket", "token")}
RULES["account.tokens_max"] = 1000
WORKER = "-m celery -A marketplace worker --pool threads --without-gossip --without-mingle --loglevel ERROR"
PREPARE = f"""
import django, json; django.setup()
from accounts import services as accounts
from accounts.models import Scope
from listings.models import Listing, Status
from django.utils import timezone
people = [accounts.register_user(email=f"w{{n}}@example.org", username=f"writer{{n}}", password=None)
          for n in range({PEOPLE})]
for person in people:
    accounts.verify_email(user=person)
tokens = [accounts.make_token(user=p, name="bench", scopes=[Scope.READ, Scope.SOCIAL_WRITE])[1] for p in people]
now = timezone.now()
rows = Listing.objects.bulk_create([Listing(seller=people[0], seller_username="writer0", currency="USD",
    title=f"Dress {{n}}", status=Status.AVAILABLE, price_cents=2500, published_at=now) for n in range({LISTINGS})])
print(json.dumps({{"tokens": tokens, "listings": [str(row.pk) for row in rows],
                   "people": [str(p.pk) for p in people]}}))
"""


def prepare(environ: dict[str, str]) -> dict[str, Any]:
    """An empty shop with people, their tokens and listings."""
    client: pymongo.MongoClient[Any] = pymongo.MongoClient(environ["MONGODB_URI"])
    client.drop_database(environ["MONGODB_NAME"])
    manage(environ, "migrate", "--verbosity=0")
    return run_code(PREPARE, environ)


def run_code(code: str, environ: dict[str, str]) -> dict[str, Any]:
    """What a piece of code of a process of its own prints last, as JSON."""
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return json.loads(out.stdout.strip().splitlines()[-1])


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
    var = Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench")))
    servers = ensure_servers(var)
    environ = {
        **os.environ, **servers.environ(), **BENCH_ENVIRON, "MONGODB_NAME": "bench_writes", "RULES": json.dumps(RULES),
    }  # fmt: skip
    with ExitStack() as stack:
        stack.callback(servers.stop)
        made = prepare(environ)
        database: Any = pymongo.MongoClient(environ["MONGODB_URI"])["bench_writes"]
        for words in (["manage.py", "relay"], WORKER.split()):
            stack.enter_context(Started([sys.executable, *words], environ))
        web = serve(environ, threads=8, workers=2)
        stack.callback(web.wait, 10)
        stack.callback(web.terminate)
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
        database.client.drop_database("bench_writes")
    print("RESULT", json.dumps(result))
    rows = (result["likes"], result["comments"])
    return int(any(row["lost"] or row["refused"] or row["wrong_counters"] for row in rows))


class Started(subprocess.Popen):
    """A process of the bench, ended with the block."""

    def __init__(self, command: list[str], environ: dict[str, str]) -> None:
        super().__init__(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *why: Any) -> None:
        self.terminate()
        self.wait(15)


if __name__ == "__main__":
    sys.exit(main())
