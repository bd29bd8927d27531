"""What a new listing costs when many people have saved searches: candidates by the index, then the whole decision.

    python -m bench.alerts                          10,000 and 1,000,000 saved searches
    python -m bench.alerts --searches 10000 100000

In a database of its own, which is dropped at the end. Searches are made of values of generated listings (Zipf's law,
see bench/goods.py), so popular ones are saved by many. The engine is the one that is configured; by default MongoDB.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bench.data import BENCH_ENVIRON, manage
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
POOL, ASKED, BATCH, PEOPLE = 20_000, 60, 5_000, 200_000
MOST_WORDS = 2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--searches", type=int, nargs="+", default=[10_000, 1_000_000], help="rising")
    options = parser.parse_args()
    servers = ensure_servers(Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench"))))
    os.environ.update(servers.environ() | BENCH_ENVIRON | {"MONGODB_NAME": "bench_alerts"})
    try:
        manage(dict(os.environ), "migrate", "--verbosity=0")
        manage(dict(os.environ), "load_taxonomy")
        measure(options.searches)
    finally:
        import pymongo

        pymongo.MongoClient(os.environ["MONGODB_URI"]).drop_database("bench_alerts")
        servers.stop()


def measure(sizes: list[int]) -> None:
    """Prints a row for each number of saved searches, then the same as JSON."""
    import django

    django.setup()
    from bench.goods import Goods
    from search.engines import engines

    goods = Goods()
    goods.add(range(ASKED))
    pool = [goods._listing(number) for number in range(POOL)]
    print(f"engine: {engines()[0].name}; {ASKED} new listings, one at a time; ms")
    heads = ("candidates p50", "candidates p95", "decision p50", "decision p95", "different p95", "keys p95")
    print(f"{'searches':>10} " + " ".join(f"{head:>14}" for head in heads) + "  plan")
    rows, made = [], 0
    for size in sizes:
        fill(pool, made, size)
        made = size
        rows.append({"searches": size} | ask())
        figures = " ".join(f"{rows[-1][head.replace(' ', '_')]:>14,.1f}" for head in heads)
        print(f"{size:>10,} {figures}  {rows[-1]['plan']}", flush=True)
    print(json.dumps(rows))


def fill(pool: list[Any], first: int, last: int) -> None:
    """Adds saved searches until there are `last`."""
    from django.db import connection

    from bench.goods import document
    from search.models import SavedSearch

    table = connection.database[SavedSearch._meta.db_table]
    batch = []
    for number in range(first, last):
        batch.append(document(search(pool, number)))
        if len(batch) == BATCH or number == last - 1:
            table.insert_many(batch, ordered=False)
            batch = []


def search(pool: list[Any], number: int) -> Any:
    """The n-th saved search."""
    from bench.goods import numbered
    from search import alerts
    from search.models import SavedSearch
    from search.query import Query

    luck = random.Random(number)
    like = luck.choice(pool)
    words = like.title.split()
    start = luck.randrange(len(words))
    query = Query(
        text=" ".join(words[start : start + luck.randint(1, MOST_WORDS)]) if luck.random() < 0.5 else "",
        category=(luck.choice(like.category_path),) if luck.random() < 0.6 else (),
        brand=(like.brand_slug,) if like.brand_slug and luck.random() < 0.5 else (),
        size=(luck.choice(like.sizes),) if like.sizes and luck.random() < 0.5 else (),
        color=(luck.choice(like.colors),) if like.colors and luck.random() < 0.3 else (),
        price_max=luck.choice([2_000, 5_000, 10_000]) if luck.random() < 0.5 else None,
        exact=True,
    )
    low, high = alerts.prices_of(query)
    return SavedSearch(
        id=numbered(9, number), user_id=numbered(1, luck.randrange(PEOPLE)), title="Bench", query=alerts.stored(query),
        query_key=alerts.key_of(query), numbers=alerts.numbers_of(query), word=_word(query.text), price_low=low,
        price_high=high,
    )  # fmt: skip


@cache
def _word(text: str) -> str:
    from search.alerts import word_of
    from search.query import Query
    from search.vocabulary.snapshot import snapshot

    return word_of(Query(text=text), snapshot().words)


def ask() -> dict[str, Any]:
    """Candidates and decision for each new listing."""
    from listings.models import Listing
    from search.models import query_of
    from search.services import matching

    first, both, different, keys, plans = [], [], [], [], set[str]()
    for listing in Listing.objects.available()[:ASKED]:
        begun = time.perf_counter()
        found = _candidates(listing)
        first.append((time.perf_counter() - begun) * 1000)
        matching([query_of(text) for text in found.values()], [listing.pk])
        both.append((time.perf_counter() - begun) * 1000)
        different.append(len(found))
        looked_at, plan = _explained(listing)
        keys.append(looked_at)
        plans.add(plan)
    return {
        "candidates_p50": statistics.median(first), "candidates_p95": _p95(first),
        "decision_p50": statistics.median(both), "decision_p95": _p95(both), "different_p95": _p95(different),
        "keys_p95": _p95(keys), "plan": ", ".join(sorted(plans)),
    }  # fmt: skip


def _candidates(listing: Any) -> dict[str, str]:
    from search import alerts
    from search.models import SavedSearch

    return SavedSearch.objects.all().candidates(
        numbers=listing.facets, words=alerts.words_in(listing), price=listing.price_cents,
        seller_id=listing.seller_id,
    )  # fmt: skip


def _explained(listing: Any) -> tuple[int, str]:
    """Keys of the index that are looked at, and the stages of the plan."""
    from django.db import connection

    from search import alerts
    from search.models import CANDIDATES, SavedSearch

    where = {
        "numbers": {"$in": listing.facets}, "word": {"$in": alerts.words_in(listing)}, "is_on": True,
        "price_low": {"$lte": listing.price_cents}, "price_high": {"$gte": listing.price_cents},
    }  # fmt: skip
    command = {"find": SavedSearch._meta.db_table, "filter": where, "hint": CANDIDATES}
    answer = connection.database.command("explain", command, verbosity="executionStats")
    return answer["executionStats"]["totalKeysExamined"], " < ".join(
        _stages(answer["queryPlanner"]["winningPlan"])
    )


def _stages(plan: dict[str, Any]) -> Iterator[str]:
    plan = plan.get("queryPlan", plan)
    yield plan["stage"] + (f" {plan['indexName']}" if "indexName" in plan else "")
    if "inputStage" in plan:
        yield from _stages(plan["inputStage"])


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
