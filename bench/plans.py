"""What every list costs on a shop of any size: queries, plans, documents looked at, time.

    python -m bench.grow --to 61000 && python -m bench.plans
    python -m bench.grow --to 1000000 --database bench_million && python -m bench.plans --database bench_million

Asks each door (pages, API, one's own lists, back offices, beat tasks) with common, rare and empty combinations,
explains every command with its execution, and fails on a scan of a collection, a sort in memory, or more than ten
documents looked at for each one handed on, beside one page. Times are of the whole request, visitors' cache off.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from bench.data import BENCH_ENVIRON, manage
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
PAGE, RATIO = 60, 10  # documents of a page that may be looked at anyway; and for each one handed on
SMALL = 400  # documents of a collection that may be read whole, such as the tree of categories


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="bench_grow", help="what bench.grow made")
    parser.add_argument("--times", type=int, default=25, help="requests for each time")
    options = parser.parse_args()
    servers = ensure_servers(Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench"))))
    os.environ.update(servers.environ() | BENCH_ENVIRON | {"MONGODB_NAME": options.database})
    try:
        manage(dict(os.environ), "collectstatic", "--noinput", "--verbosity=0")
        problems = check(options.times)
    finally:
        servers.stop()
    sys.exit(1 if problems else 0)


def check(times: int) -> list[str]:
    """Prints a row a door and returns what is wrong."""
    import django

    import tests.fixtures.queries as queries  # listens only to clients made after its import

    django.setup()
    from bench.doors import BEAT, doors
    from listings.models import Listing
    from marketplace.core.rules import override

    count = Listing.objects.all().count()
    heads = " ".join(
        (f"{'queries':>7}", f"{'documents':>9}", f"{'keys':>7}", f"{'p50 ms':>7}", f"{'p95 ms':>7}")
    )
    print(f"{count:,} listings\n{'door':34} {heads}  plans")
    rows: dict[str, Any] = {}
    problems: list[str] = []
    calls = {name: (lambda client=client, url=url: client.get(url)) for name, client, url in doors()} | BEAT
    with override({"page.cache_seconds": 0, "page.read_ms": 60_000}):
        for name, call in calls.items():
            answer = call()
            with queries.recording() as commands:
                call()
            work = commands.work()
            spent = [timed(call) for _ in range(1 if name in BEAT else times)]
            bad = [wrong for one in work if (wrong := wrong_with(one))]
            if getattr(answer, "status_code", 200) != 200:
                bad.append(f"answers {answer.status_code}")
            problems += [f"{name}: {text}" for text in bad]
            rows[name] = {
                "queries": len(commands), "documents": sum(one.documents for one in work),
                "keys": sum(one.keys for one in work), "p50": round(statistics.median(spent), 1),
                "p95": round(sorted(spent)[int(len(spent) * 0.95)], 1),
            }  # fmt: skip
            print(f"{name:34} " + " ".join(f"{rows[name][key]:>{width}}" for key, width in
                  (("queries", 7), ("documents", 9), ("keys", 7), ("p50", 7), ("p95", 7)))
                  + f"  {'; '.join(bad) or 'by index'}")  # fmt: skip
    print("RESULT", json.dumps({"listings": count, "doors": rows, "problems": problems}))
    return problems


def timed(call: Any) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def wrong_with(work: Any) -> str:
    """What is wrong with a command, if anything."""
    if "COLLSCAN" in work.stages and work.documents > SMALL:
        return f"{work.name} scans"
    if "SORT" in work.stages and work.documents > PAGE:
        return f"{work.name} sorts in memory"
    if work.documents > work.returned * RATIO + PAGE:
        return f"{work.name} looks at {work.documents} for {work.returned}"
    return ""


if __name__ == "__main__":
    main()
