"""How fast the pages are, as a share of a hello view of the same server in the same minute.

    python -m bench.pages                            600 demo listings
    python -m bench.pages --import ../shared/data    and the same again with everything in there imported

Each page is loaded between two runs of the hello view; its ratio is to the mean of those two.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.data import BENCH_ENVIRON, addresses, fill, session_cookie
from bench.wrk import load
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765
PROCESSES = 2  # of the run as somebody logged in


def serve(environ: dict[str, str], threads: int, workers: int = 1) -> subprocess.Popen[bytes]:
    granian = str(Path(sys.executable).parent / "granian")
    words = f"--interface wsgi --host 127.0.0.1 --port {PORT} --workers {workers} --blocking-threads {threads} --no-ws"
    command = [granian, *words.split(), "--log-level", "warning", "marketplace.wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=environ)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1).read()
            return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    sys.exit("the server did not start")


def bare(environ: dict[str, str], seconds: int, threads: int, workers: int) -> int:
    """Requests a second of the hello view on the same server without any of our middleware."""
    server = serve(environ | {"DJANGO_SETTINGS_MODULE": "bench.bare"}, threads, workers)
    try:
        load(f"http://127.0.0.1:{PORT}/hello/", seconds=1)
        return round(load(f"http://127.0.0.1:{PORT}/hello/", seconds=seconds).rate)
    finally:
        server.terminate()
        server.wait(10)


def measure(
    environ: dict[str, str], seconds: int, threads: int, workers: int = 1, *, logged_in: bool = False
) -> dict[str, Any]:
    """Each page beside hello, as a visitor or as somebody who is logged in."""
    cookie = session_cookie(environ) if logged_in else ""
    found = addresses(environ)
    count = int(found.pop("n"))
    server = serve(environ, threads, workers)
    base = f"http://127.0.0.1:{PORT}"
    rows: dict[str, Any] = {}
    try:
        for address in ["/hello/", *found.values()]:
            load(base + address, seconds=1, cookie=cookie)
        before = load(f"{base}/hello/", seconds=seconds, cookie=cookie)
        for name, address in found.items():
            ours = load(base + address, seconds=seconds, cookie=cookie)
            after = load(f"{base}/hello/", seconds=seconds, cookie=cookie)
            hello = (before.rate + after.rate) / 2
            rows[name] = {**asdict(ours), "hello": round(hello), "ratio": round(ours.rate / hello, 3)}
            before = after
    finally:
        server.terminate()
        server.wait(10)
    who = "logged in" if logged_in else "visitors"
    print(
        f"\n{count:,} listings, {who}, {workers} x {threads} threads, {seconds} s each, hello {round(hello)}"
    )
    print(f"{'page':12} {'req/s':>8} {'of hello':>9} {'p50 ms':>8} {'p95 ms':>8} {'errors':>7}")
    for name, row in rows.items():
        print(
            f"{name:12} {row['rate']:8.0f} {row['ratio']:9.2f} {row['p50']:8.1f} {row['p95']:8.1f} {row['errors']:7}"
        )
    return {"listings": count, "pages": rows}


def logged_in(environ: dict[str, str], seconds: int, threads: int) -> dict[str, Any]:
    """As in production: two processes, and the same server without our middleware beside them."""
    found = measure(environ, seconds, threads, PROCESSES, logged_in=True)
    found["bare"] = bare(environ, seconds, threads, PROCESSES)
    print(f"the same server without our middleware: {found['bare']} hellos a second")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--import", dest="data", help="folder with the CSV files to import for the large run")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=8)
    options = parser.parse_args()
    var = Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench")))
    servers = ensure_servers(var)
    environ = {**os.environ, **servers.environ(), **BENCH_ENVIRON}
    try:
        fill(environ)
        result = {"small": measure(environ, options.seconds, options.threads)}
        result["logged in"] = logged_in(environ, options.seconds, options.threads)
        if options.data:
            fill(environ, options.data)
            result["large"] = measure(environ, options.seconds, options.threads)
            result["logged in, large"] = logged_in(environ, options.seconds, options.threads)
            small, large = result["small"]["pages"], result["large"]["pages"]
            result["growth"] = {name: round(large[name]["ratio"] / small[name]["ratio"], 2) for name in small}
            print("\nwith everything imported, as a share of the small run:", result["growth"])
        uncached = environ | {"RULES": '{"page.cache_seconds": 0}'}
        print("\nthe same with each page made anew for each visitor:")
        result["uncached"] = measure(uncached, options.seconds, options.threads)
    finally:
        servers.stop()
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
