"""A thousand people watch one listing while five comments a second are posted, over two web processes.

Three runs in the same minutes: a bare socket hub with nothing but Valkey behind it as the baseline, the live thread,
and the live thread while one web process is killed and started again. Prints how late comments arrive (ms) and what was
lost or shown twice.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pymongo
import redis
import websockets

from bench.data import BENCH_ENVIRON, manage
from bench.watchers import OPENING_AT_ONCE, Outcome, Watcher, outcome
from marketplace.embedded import ensure_servers
from marketplace.embedded.ports import free_port
from marketplace.embedded.process_group import ProcessGroup

ROOT = Path(__file__).resolve().parent.parent
POSTERS, RATE = 10, 5.0
DATABASE = "bench_thread"
UVICORN = "--lifespan off --log-level error --ws-per-message-deflate false --ws-max-size 16384 --backlog 4096"
# Every socket comes from one address here, and ten people post what hundreds would.
RULES = dict.fromkeys(
    ("limit.comment.count", "limit.socket.count", "limit.socket_address.count", "limit.connect.count",
     "limit.connect_address.count", "socket.open_person", "socket.open_address"), 10**9,
)  # fmt: skip
Post = Callable[[int], Awaitable[None]]


class Webs:
    """Two uvicorn processes on ports of their own. They end with the bench, also when that is killed."""

    def __init__(self, var: Path, application: str, environ: dict[str, str]) -> None:
        self.ports = [free_port() for _ in range(2)]
        self._group = ProcessGroup(var, environ, ROOT)
        for number, port in enumerate(self.ports):
            words = f"-m uvicorn {application} --host 127.0.0.1 --port {port} {UVICORN}"
            self._group.add(f"bench-thread-{number}", [sys.executable, *words.split()])
        for port in self.ports:
            _wait_until_it_answers(port)

    def kill_and_restart(self, number: int) -> None:
        """SIGKILL, and a new process on the same port."""
        web = self._group.children[number]
        os.kill(killed := web.pid, signal.SIGKILL)
        while web.pid == killed:
            self._group.restart_ended()
            time.sleep(0.05)
        _wait_until_it_answers(self.ports[number])

    def close(self) -> None:
        self._group.stop()


def _wait_until_it_answers(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("a web process did not start")


def people(environ: dict[str, str]) -> dict[str, Any]:
    """A listing and the session cookies of some people who talk about it."""
    code = f"""
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from listings.services import load_taxonomy
load_taxonomy()
from tests import make
import json
def cookie(person):
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return store.session_key
import os
listing = make.listing(make.verified_user(f"s{{os.getpid()}}"))
cookies = [cookie(make.verified_user(f"p{{os.getpid()}}_{{n}}")) for n in range({POSTERS})]
print(json.dumps({{"listing": str(listing.pk), "cookies": cookies}}))
"""
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return json.loads(out.stdout.strip().splitlines()[-1])


async def run_watchers(
    urls: list[str],
    sockets: int,
    seconds: int,
    post: Post,
    sent_at: dict[int, float],
    disturb: Callable | None = None,
) -> Outcome:
    """Opens the sockets, posts for some seconds, waits until every page has all, and counts."""
    latencies: list[float] = []
    watchers = [Watcher(urls[n % len(urls)], latencies, sent_at) for n in range(sockets)]
    gate = asyncio.Semaphore(OPENING_AT_ONCE)
    tasks = [asyncio.create_task(page.run(gate)) for page in watchers]
    for _ in range(600):
        if all(page.is_open for page in watchers):
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(4)  # the last word on how many watch has gone round
    count = int(seconds * RATE)
    trouble = asyncio.create_task(disturb(seconds)) if disturb else None
    for number in range(count):
        began = time.perf_counter()
        await post(number)
        await asyncio.sleep(max(0.0, 1 / RATE - (time.perf_counter() - began)))
    if trouble:
        await trouble
    for _ in range(300):
        if all(len(set(page.words)) >= count for page in watchers):
            break
        await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return outcome(watchers, latencies, count)


async def thread_run(webs: Webs, found: dict[str, Any], options: Any, with_kill: bool) -> Outcome:
    """The live thread of one listing; the posters' sockets stand at the first process, which stays."""
    path = f"/ws/listings/{found['listing']}/"
    posters = [
        await websockets.connect(
            f"ws://127.0.0.1:{webs.ports[0]}{path}",
            additional_headers={"Cookie": f"sessionid={cookie}"}, origin="http://127.0.0.1",
            compression=None, max_queue=None,
        )
        for cookie in found["cookies"]
    ]  # fmt: skip
    drains = [asyncio.create_task(_drain(socket)) for socket in posters]
    sent_at: dict[int, float] = {}
    run = time.time()

    async def post(number: int) -> None:
        sent_at[number] = time.perf_counter()
        frame = {"type": "comment", "key": f"{run}-{number}", "body": f"bench-{number} " + "nice coat " * 5}
        await posters[number % POSTERS].send(json.dumps(frame))

    async def disturb(seconds: int) -> None:
        await asyncio.sleep(seconds / 3)
        await asyncio.to_thread(webs.kill_and_restart, 1)

    urls = [f"ws://127.0.0.1:{port}{path}" for port in webs.ports]
    try:
        return await run_watchers(
            urls, options.sockets, options.seconds, post, sent_at, disturb if with_kill else None
        )
    finally:
        for task in drains:
            task.cancel()
        for socket in posters:
            await socket.close()


async def _drain(socket: Any) -> None:
    async for text in socket:
        if '"refused"' in text:
            print("refused:", text[:200])


async def hub_run(webs: Webs, url: str, options: Any) -> Outcome:
    """The baseline: the same texts published straight into Valkey."""
    client = redis.Redis.from_url(url)
    sent_at: dict[int, float] = {}
    padding = "x" * 1500  # as long as a rendered comment

    async def post(number: int) -> None:
        sent_at[number] = time.perf_counter()
        client.publish("hub", json.dumps({"html": f"bench-{number} {padding}"}))

    urls = [f"ws://127.0.0.1:{port}/" for port in webs.ports]
    return await run_watchers(urls, options.sockets, options.seconds, post, sent_at)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    var = Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench")))
    servers = ensure_servers(var)
    environ = {
        **os.environ, **servers.environ(), **BENCH_ENVIRON, "MONGODB_NAME": DATABASE, "RULES": json.dumps(RULES),
        "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    rows: dict[str, Outcome] = {}
    with ExitStack() as stack:
        stack.callback(servers.stop)
        database: pymongo.MongoClient[Any] = pymongo.MongoClient(environ["MONGODB_URI"])
        database.drop_database(DATABASE)
        stack.callback(database.drop_database, DATABASE)
        manage(environ, "migrate", "--verbosity=0")
        with closing(Webs(var, "bench.hub:application", environ)) as webs:
            rows["bare hub"] = asyncio.run(hub_run(webs, environ["REDIS_URL"], options))
        with closing(Webs(var, "marketplace.asgi:application", environ)) as webs:
            for name, with_kill in (("thread", False), ("one process killed", True)):
                rows[name] = asyncio.run(thread_run(webs, people(environ), options, with_kill))
    names = "sockets sent p50 p99 worst lost doubled repeats returns".split()
    print(f"\n{'':20}" + "".join(f"{name:>10}" for name in names))
    for name, row in rows.items():
        print(f"{name:20}" + "".join(f"{getattr(row, column):10}" for column in names))
    ratio = round(rows["thread"].p50 / max(rows["bare hub"].p50, 0.1), 2)
    print("RESULT", json.dumps({name: asdict(row) for name, row in rows.items()} | {"p50_of_hub": ratio}))
    if any(row.lost or row.doubled for row in rows.values()):
        sys.exit("something was lost or doubled")


if __name__ == "__main__":
    main()
