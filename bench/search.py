"""How long searches and their facets take, beside the engine's own query alone, in the same run.

    python -m bench.search --import ../shared/data                        the imported listings, some 60,000
    python -m bench.grow --to 1000000 && python -m bench.search --database bench_grow

Each round asks every query once: the driver's query alone, then a page with its count, then the facets. Afterwards
every query's pages are read to the fifth and checked for repeats, and its plan for a scan of the collection.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench.data import BENCH_ENVIRON, fill
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
SIZE: Final = 48
PAGES: Final = 5
LIMIT_MS: Final = 300  # p95 of a page and of its facets
QUERIES: Final[list[dict[str, Any]]] = [
    {"text": "dress"}, {"text": "black dress"}, {"text": "nike shoes"}, {"text": "men blue shirt"},
    {"text": "women kurta"}, {"text": "levis jeans"}, {"text": "red maxi dress"}, {"text": "leather bag"},
    {"text": "casual shoes for men"}, {"text": "silver watch"}, {"text": '"polo t-shirt"'}, {"text": "puma"},
    {"text": "zara blazer size m"}, {"text": "running shoes women white"}, {"text": "corduroy overalls"},
    {"text": "shirt", "sort": "price_asc"}, {"text": "black dress", "sort": "likes"},
    {"text": "handbag", "color": ("black", "brown"), "price_max": 5000}, {"text": "jeans", "sort": "newest"},
    {"text": "black dress", "any_word": True},
    {}, {"sort": "price_asc"}, {"sort": "likes"}, {"category": ("women",)},
    {"category": ("women", "men"), "size": ("M", "L")},
    {"color": ("black", "white", "blue"), "condition": ("nwt", "like_new"), "sort": "price_desc"},
    {"brand": ("nike", "adidas", "puma"), "price_min": 2000, "price_max": 6000},
    {"category": ("women-dresses",), "price_max": 2000}, {"price_min": 900_000, "price_max": 950_000},
    {"category": ("men",), "availability": "all", "sort": "price_asc"}, {"brand": ("puma",), "sort": "likes"},
]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="bench_search", help="its name")
    parser.add_argument("--import", dest="data", help="folder with the CSV files to fill it with first")
    parser.add_argument("--times", type=int, default=15, help="rounds")
    options = parser.parse_args()
    servers = ensure_servers(Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench"))))
    os.environ.update(servers.environ() | BENCH_ENVIRON | {"MONGODB_NAME": options.database})
    try:
        if options.data:
            fill(dict(os.environ), options.data)
        problems = measure(options.times)
    finally:
        servers.stop()
    sys.exit(1 if problems else 0)


def measure(times: int) -> list[str]:
    """Prints a table for each engine and returns what is wrong."""
    import django

    import tests.fixtures.queries as queries  # listens only to clients made after its import

    django.setup()
    from listings.models import Listing
    from marketplace.core.rules import override
    from search.engines.mongo import MongoEngine
    from search.query import Query

    asked = [Query(**fields) for fields in QUERIES]
    result: dict[str, Any] = {"listings": Listing.objects.all().count()}
    problems: list[str] = []
    # Each engine beside its own raw query.
    for engine, raw in ((MongoEngine(), raw_mongodb),):
        with override({"search.read_ms": 60_000}):
            rows = rounds(engine, raw, asked, times)
        with queries.recording() as commands:
            wrong = [text for query in asked if (text := wrong_with(engine, query))]
        wrong += [plan for plan in commands.plans() if "COLLSCAN" in plan.split(":")[0]]
        result[engine.name] = show(engine, asked, rows, result["listings"])
        problems += [f"{engine.name}: {text}" for text in wrong]
    print("\n".join(problems))
    print("RESULT", json.dumps(result | {"problems": problems}))
    return problems


def rounds(
    engine: Any, raw: Callable[[Any], None], asked: list[Any], times: int
) -> dict[str, list[list[float]]]:
    """For the raw query, a page and its facets the milliseconds of each query, `times` of each."""
    spent: dict[str, list[list[float]]] = {part: [[] for _ in asked] for part in ("raw", "find", "facets")}
    for _ in range(times + 1):
        for place, query in enumerate(asked):
            spent["raw"][place].append(timed(partial(raw, query)))
            spent["find"][place].append(timed(partial(engine.find, query, size=SIZE)))
            spent["facets"][place].append(timed(partial(engine.facets, query)))
    return {part: [one[1:] for one in each] for part, each in spent.items()}  # the first warms up


def show(engine: Any, asked: list[Any], rows: dict[str, list[list[float]]], listings: int) -> dict[str, Any]:
    """Prints a row a query and hands on what is true of all of them."""
    heads = ("raw", "find", "p95", "ratio", "facets", "p95")
    print(
        f"\n{engine.name}, {listings:,} listings, ms\n{'query':62} {'found':>8}"
        + "".join(f"{h:>8}" for h in heads)
    )
    for place, query in enumerate(asked):
        total = engine.find(query, size=1).total
        raw, find, facets = (statistics.median(rows[part][place]) for part in ("raw", "find", "facets"))
        figures = [f"{raw:8.1f}", f"{find:8.1f}", f"{p95(rows['find'][place]):8.1f}", f"{find / raw:8.2f}",
                   f"{facets:8.1f}", f"{p95(rows['facets'][place]):8.1f}"]  # fmt: skip
        number = f"{total.value:,}{'' if total.is_exact else '+'}"
        print(f"{' '.join(f'{k}={v}' for k, v in query.pairs())[:62]:62} {number:>8}" + "".join(figures))
    every = {part: [one for times in each for one in times] for part, each in rows.items()}
    summary = {f"{part} p95": round(p95(times), 1) for part, times in every.items()}
    summary |= {f"{part} p50": round(statistics.median(times), 1) for part, times in every.items()}
    summary["ratio p50"] = round(summary["find p50"] / summary["raw p50"], 2)
    summary["slowest p95"] = round(max(p95(times) for part in ("find", "facets") for times in rows[part]), 1)
    print(summary, "ok" if summary["slowest p95"] < LIMIT_MS else f"over {LIMIT_MS} ms", sep="\n")
    return summary


def wrong_with(engine: Any, query: Any) -> str:
    """Reads the first pages; says when a listing comes twice."""
    seen: set[Any] = set()
    cursor = ""
    for _ in range(PAGES):
        found = engine.find(query, size=SIZE, after=cursor, count=False)
        ids = {row.id for row in found.rows}
        if ids & seen or len(ids) < len(found.rows):
            return f"{query} shows a listing twice"
        seen |= ids
        if not (cursor := found.next_cursor):
            break
    return ""


def raw_mongodb(query: Any) -> None:
    """The driver's query alone: the words or the index, the filters, the order and one page of whole cards."""
    from listings.models import CARD_FIELDS
    from search.engines.mongo.cursors import ORDERS
    from search.engines.mongo.filters import conditions, plan_of, table

    field, direction = ORDERS[query.order]
    wanted: dict[str, Any] = dict.fromkeys(CARD_FIELDS, 1)
    if query.text:
        where = conditions(query) | {"$text": {"$search": query.text}}
        order: list[tuple[str, Any]] = (
            [("score", {"$meta": "textScore"})] if field == "score" else [(field, direction)]
        )
        more = {"score": {"$meta": "textScore"}} if field == "score" else {}
        list(table().find(where, wanted | more, sort=order, limit=SIZE + 1))
        return
    plan = plan_of(query, query.order)
    by = [(field, direction), ("_id", direction)] if plan.is_ordered else [("published_at", -1), ("_id", -1)]
    list(table().find(plan.where, wanted, sort=by, limit=SIZE + 1, hint=plan.hint))


def timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


if __name__ == "__main__":
    main()
