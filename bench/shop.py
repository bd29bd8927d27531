"""A running shop that benches write to: servers, worker, relay and web processes over a database of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymongo

from bench.data import BENCH_ENVIRON, manage
from bench.pages import serve
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
NAME = "bench_writes"
PEOPLE, LISTINGS = 60, 300
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


class Started(subprocess.Popen):
    """A process of the bench, ended with the block."""

    def __init__(self, command: list[str], environ: dict[str, str]) -> None:
        super().__init__(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *why: Any) -> None:
        self.terminate()
        self.wait(15)


@dataclass(frozen=True, slots=True)
class Shop:
    """The processes, their environment and database, and the people, tokens and listings in it, by these words."""

    environ: dict[str, str]
    database: Any
    made: dict[str, list[str]]
    web: subprocess.Popen[bytes]
    worker: Started
    relay: Started


@contextmanager
def running_shop() -> Iterator[Shop]:
    """Two granian processes, a worker and a relay over an empty shop with people and listings; all ended afterwards."""
    var = Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench")))
    servers = ensure_servers(var)
    environ = {
        **os.environ, **servers.environ(), **BENCH_ENVIRON, "MONGODB_NAME": NAME, "RULES": json.dumps(RULES),
    }  # fmt: skip
    with ExitStack() as stack:
        stack.callback(servers.stop)
        client: pymongo.MongoClient[Any] = pymongo.MongoClient(environ["MONGODB_URI"])
        client.drop_database(NAME)
        manage(environ, "migrate", "--verbosity=0")
        manage(environ, "collectstatic", "--noinput", "--verbosity=0")
        made = run_code(PREPARE, environ)
        relay, worker = (
            stack.enter_context(Started([sys.executable, *words], environ))
            for words in (["manage.py", "relay"], WORKER.split())
        )
        web = serve(environ, threads=8, workers=2)
        stack.callback(web.wait, 10)
        stack.callback(web.terminate)
        yield Shop(environ, client[NAME], made, web, worker, relay)
        client.drop_database(NAME)


def run_code(code: str, environ: dict[str, str]) -> dict[str, Any]:
    """What a piece of code of a process of its own prints last, as JSON."""
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return json.loads(out.stdout.strip().splitlines()[-1])
