"""How well searches are ranked: mean nDCG@10 over judged documents, for plain BM25 and for ours, in one run.

    python -m bench.relevance FILE.csv           columns query, title, description, grade (1-4); domain if there is one
    python -m bench.relevance FILE.csv --each    a line for each query too

Every document of the file stands in two throw-away indexes: `multi_match` over title and description as Elasticsearch
comes, and the mapping and the ranking of the shop. Each query orders the documents that were judged for it, and none
else. The gain of a grade is 2^grade - 1. A random order is printed beside them, for grades are skewed.
"""

import argparse
import csv
import json
import math
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.data import BENCH_ENVIRON
from marketplace.embedded import ensure_servers
from marketplace.embedded.cache import EMBEDDINGS, in_cache

ROOT = Path(__file__).resolve().parent.parent
DEPTH, BULK, QUERIES_AT_ONCE = 10, 500, 10
PLAIN, OURS = "relevance-plain", "relevance-ours"
Judged = dict[int, int]  # number of the document: grade


def ndcg(order: Sequence[int], judged: Judged) -> float:
    """The gain of the first ten, as a share of the best there could be."""
    found = _gain([judged[number] for number in order[:DEPTH]])
    return found / (_gain(sorted(judged.values(), reverse=True)[:DEPTH]) or 1.0)


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def read(path: Path) -> tuple[list[tuple[str, str]], dict[str, Judged], dict[str, str]]:
    """The distinct documents, what was judged for each query, and the domain of each query."""
    csv.field_size_limit(10**7)
    numbers: dict[tuple[str, str], int] = {}
    judged: dict[str, Judged] = defaultdict(dict)
    domains: dict[str, str] = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            number = numbers.setdefault((row["title"], row["description"]), len(numbers))
            judged[row["query"]][number] = int(row["grade"])
            domains[row["query"]] = row.get("domain", "")
    return list(numbers), judged, domains


def fill(client: Any, index: str, body: Mapping[str, Any], documents: Iterable[Mapping[str, Any]]) -> None:
    """A new index with these documents, by their numbers."""
    client.indices.delete(index=index, ignore_unavailable=True)
    client.indices.create(index=index, **body)
    operations: list[Mapping[str, Any]] = []
    for number, document in enumerate(documents):
        operations += [{"index": {"_index": index, "_id": str(number)}}, document]
        if len(operations) >= 2 * BULK:
            _send(client, operations)
            operations = []
    if operations:
        _send(client, operations)
    client.indices.refresh(index=index)


def _send(client: Any, operations: Sequence[Mapping[str, Any]]) -> None:
    answer = client.bulk(operations=operations)
    if answer["errors"]:
        sys.exit(f"not indexed: {next(one for one in answer['items'] if 'error' in one['index'])}")


def orders(
    client: Any, index: str, judged: Mapping[str, Judged], make: Callable[[str], Mapping[str, Any]]
) -> dict[str, list[int]]:
    """The judged documents of each query in the order of `make`'s query; those that it does not find come last."""
    found: dict[str, list[int]] = {}
    queries = list(judged)
    for start in range(0, len(queries), QUERIES_AT_ONCE):
        part = queries[start : start + QUERIES_AT_ONCE]
        lines: list[Mapping[str, Any]] = []
        for query in part:
            ids = {"ids": {"values": [str(number) for number in judged[query]]}}
            body = {"bool": {"filter": [ids], "must": [make(query)]}}
            lines += [{"index": index}, {"size": len(judged[query]), "_source": False, "query": body}]
        for query, answer in zip(part, client.msearch(searches=lines)["responses"], strict=True):
            first = [int(hit["_id"]) for hit in answer["hits"]["hits"]]
            found[query] = first + sorted(judged[query].keys() - set(first))
    return found


def report(
    name: str, found: Mapping[str, Sequence[int]], judged: Mapping[str, Judged], domains: Mapping[str, str]
) -> dict[str, float]:
    """Prints and returns the mean over all queries and over those of each domain."""
    groups: dict[str, list[float]] = defaultdict(list)
    for query, order in found.items():
        value = ndcg(order, judged[query])
        groups["all"].append(value)
        if domains[query]:
            groups[domains[query]].append(value)
    means = {group: round(sum(values) / len(values), 4) for group, values in groups.items()}
    print(f"{name:24}", "  ".join(f"{group} {value:.4f}" for group, value in means.items()))
    return means


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="the judged documents")
    parser.add_argument("--each", action="store_true", help="a line for each query")
    options = parser.parse_args()
    var = Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench")))
    servers = ensure_servers(var, only=("mongod", "valkey", "elasticsearch"))
    os.environ.update(servers.environ() | BENCH_ENVIRON)
    os.environ.setdefault("EMBEDDINGS_MODEL", str(in_cache(EMBEDDINGS) or ""))
    try:
        compare(options.file, each=options.each)
    finally:
        servers.stop()


def compare(path: Path, *, each: bool) -> None:
    """Fills both indexes, asks every query of both and prints what came."""
    import django

    django.setup()
    from bench.ranking import ours

    documents, judged, domains = read(path)
    texts = [{"title": title, "description": description} for title, description in documents]
    ranking = ours()
    fill(
        ranking.client,
        PLAIN,
        {"mappings": {"properties": {name: {"type": "text"} for name in texts[0]}}},
        texts,
    )
    fill(ranking.client, OURS, ranking.body, ranking.documents(documents))
    shuffled = {query: random.Random(0).sample(sorted(own), len(own)) for query, own in judged.items()}  # noqa: S311
    rows = {
        "random order": shuffled,
        "plain BM25": orders(ranking.client, PLAIN, judged, plain),
        **{name: orders(ranking.client, OURS, judged, make) for name, make in ranking.queries.items()},
    }
    means = {name: report(name, found, judged, domains) for name, found in rows.items()}
    if each:
        for query in judged:
            print(
                f"{query:40.40}",
                *(f"{name} {ndcg(found[query], judged[query]):.3f}" for name, found in rows.items()),
            )
    for index in (PLAIN, OURS):
        ranking.client.indices.delete(index=index)
    print("RESULT", json.dumps({"queries": len(judged), "documents": len(documents), "ndcg_at_10": means}))


def plain(text: str) -> dict[str, Any]:
    """What Elasticsearch does when one does not think about it."""
    return {"multi_match": {"query": text, "fields": ["title", "description"]}}


if __name__ == "__main__":
    main()
