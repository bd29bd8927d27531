"""How fast the pages are, as a share of a hello view of the same server in the same minute.

    python -m bench.pages                        600 demo listings
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

from bench.wrk import load
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765
FILES = {
    "myntra_styles": "fashion_products_myntra_styles.csv",
    "myntra_catalog": "fashion_products_myntra_catalog.csv",
    "poshmark": "resale_listings_poshmark.csv",
    "vinted": "resale_listings_vinted.csv",
}


def manage(environ: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environ, check=True)


def pages(environ: dict[str, str]) -> dict[str, str]:
    """One address of each kind, of the largest category and closet there is."""
    code = """
import django, json; django.setup()
from django.db import connection
from listings.models import Listing
table = connection.database[Listing._meta.db_table]
def most(field, *stages):
    count = [{"$group": {"_id": "$" + field, "n": {"$sum": 1}}}, {"$sort": {"n": -1}}, {"$limit": 1}]
    return next(iter(table.aggregate([{"$match": {"status": "available"}}, *stages, *count])))["_id"]
row = Listing.objects.available().newest().first()
category = most("level2", {"$set": {"level2": {"$arrayElemAt": ["$category_path", 1]}}})
print(json.dumps({"home": "/", "category": f"/c/{category}/", "listing": row.get_absolute_url(),
    "closet": f"/closet/{most('seller_username')}/", "API list": "/api/v1/listings/",
    "API detail": f"/api/v1/listings/{row.pk}/", "n": Listing.objects.count()}))
"""
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return json.loads(out.stdout.strip().splitlines()[-1])


def serve(environ: dict[str, str], threads: int) -> subprocess.Popen[bytes]:
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "1",
               "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning", "marketplace.wsgi:application"]  # fmt: skip
    server = subprocess.Popen([str(Path(sys.executable).parent / command[0]), *command[1:]], cwd=ROOT, env=environ)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1).read()
            return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    sys.exit("the server did not start")


def measure(environ: dict[str, str], seconds: int, threads: int) -> dict[str, Any]:
    addresses = pages(environ)
    count = int(addresses.pop("n"))
    server = serve(environ, threads)
    base = f"http://127.0.0.1:{PORT}"
    rows: dict[str, Any] = {}
    try:
        for address in ["/hello/", *addresses.values()]:
            load(base + address, seconds=1)
        before = load(f"{base}/hello/", seconds=seconds)
        for name, address in addresses.items():
            ours = load(base + address, seconds=seconds)
            after = load(f"{base}/hello/", seconds=seconds)
            hello = (before.rate + after.rate) / 2
            rows[name] = {**asdict(ours), "hello": round(hello), "ratio": round(ours.rate / hello, 3)}
            before = after
    finally:
        server.terminate()
        server.wait(10)
    print(f"\n{count:,} listings, {threads} threads, {seconds} s each")
    print(f"{'page':12} {'req/s':>8} {'of hello':>9} {'p50 ms':>8} {'p95 ms':>8} {'errors':>7}")
    for name, row in rows.items():
        print(f"{name:12} {row['rate']:8.0f} {row['ratio']:9.2f} {row['p50']:8.1f} {row['p95']:8.1f} {row['errors']:7}")
    return {"listings": count, "pages": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--import", dest="data", help="folder with the CSV files to import for the large run")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=8)
    options = parser.parse_args()
    var = Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench")))
    servers = ensure_servers(var)
    environ = {
        **os.environ, **servers.environ(), "DJANGO_SETTINGS_MODULE": "bench.settings", "DEBUG": "0",
        "SECRET_KEY": "only-for-this-bench-0123456789-abcdefghijklmnopqrstuvw", "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0", "MONGODB_NAME": "bench_pages", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    try:
        manage(environ, "migrate", "--verbosity=0")
        manage(environ, "load_taxonomy")
        manage(environ, "collectstatic", "--noinput", "--verbosity=0")
        manage(environ, "seed_demo", "--if-empty", "--force")
        result = {"small": measure(environ, options.seconds, options.threads)}
        if options.data:
            for mapping, name in FILES.items():
                manage(environ, "import_listings", str(Path(options.data) / name), "--mapping", mapping,
                       "--photos", str(Path(options.data) / "photos"))  # fmt: skip
            result["large"] = measure(environ, options.seconds, options.threads)
            small, large = result["small"]["pages"], result["large"]["pages"]
            result["growth"] = {name: round(large[name]["ratio"] / small[name]["ratio"], 2) for name in small}
            print("\nwith everything imported, as a share of the small run:", result["growth"])
    finally:
        servers.stop()
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
