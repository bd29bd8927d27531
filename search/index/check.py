"""Compares the index with the database, listing by listing, without holding either in memory."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from bson import ObjectId
from elasticsearch import NotFoundError

from search.index.client import answering, write_client
from search.index.names import read_alias
from search.index.rebuild import public_rows
from search.index.sync import documents_of, index_listings, source_of

PAGE: Final = 1000
KEEP: Final = "5m"
SETTLED_SECONDS: Final = 2.0  # in which a change of a moment ago reaches the index
Row = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class Differences:
    """What a comparison came to: how many listings, and the ids that the index lacks, has wrong or has too much."""

    listings: int = 0
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [*self.missing, *self.different, *self.extra]


def compare() -> Differences:
    """Every public listing against every document that is no tombstone. What has just changed is looked at again."""
    with answering():
        write_client().indices.refresh(index=read_alias())
    found, doubtful = Differences(), []
    for pk, wanted, indexed in _side_by_side(_database(), _index()):
        found.listings += wanted is not None
        if wanted != indexed:
            doubtful.append(pk)
    if doubtful:
        time.sleep(SETTLED_SECONDS)
    for pk, wanted, indexed in _again(doubtful):
        if wanted != indexed:
            kind = found.missing if indexed is None else found.extra if wanted is None else found.different
            kind.append(pk)
    return found


def repair(found: Differences) -> None:
    """Writes what differs into the index as it is now."""
    index_listings([ObjectId(pk) for pk in found.ids])


def vectors_in_use(keys: list[str]) -> set[str]:
    """Those of some keys of vectors that a document has."""
    with answering():
        answer = write_client().search(
            index=read_alias(), query={"terms": {"vector_key": keys}}, size=0,
            aggs={"keys": {"terms": {"field": "vector_key", "include": keys, "size": len(keys)}}},
        )  # fmt: skip
    return {one["key"] for one in answer["aggregations"]["keys"]["buckets"]}


def _side_by_side(
    left: Iterator[Row], right: Iterator[Row]
) -> Iterator[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    """Two streams in the order of their keys, as (key, left or None, right or None)."""
    one, other = next(left, None), next(right, None)
    while one or other:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None
            yield one[0], one[1], None
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield other[0], None, other[1]
            other = next(right, None)
        else:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)


def _database() -> Iterator[Row]:
    for _version, batch in public_rows(PAGE):
        for listing in batch:
            yield str(listing.pk), source_of(listing)


def _index() -> Iterator[Row]:
    client = write_client()
    with answering():
        pit = client.open_point_in_time(index=read_alias(), keep_alive=KEEP)["id"]
    after: list[Any] | None = None
    try:
        while True:
            with answering():
                answer = client.search(
                    pit={"id": pit, "keep_alive": KEEP}, query={"exists": {"field": "status"}}, size=PAGE,
                    sort=[{"id": "asc"}], search_after=after, track_total_hits=False, source_excludes=["vector"],
                )  # fmt: skip
            hits = answer["hits"]["hits"]
            if not hits:
                return
            pit, after = answer["pit_id"], hits[-1]["sort"]
            for hit in hits:
                yield hit["_id"], hit["_source"]
    finally:
        with suppress(NotFoundError), answering():
            client.close_point_in_time(id=pit)


def _again(ids: list[str]) -> Iterator[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    """The same of some, read by their ids."""
    stream = iter(ids)
    while some := list(islice(stream, PAGE)):
        wanted = {one["_id"]: _shown(one["_source"]) for one in documents_of([ObjectId(pk) for pk in some])}
        with answering():
            answer = write_client().mget(index=read_alias(), ids=some, source_excludes=["vector"])
        for doc in answer["docs"]:
            yield doc["_id"], wanted.get(doc["_id"]), _shown(doc["_source"]) if doc.get("found") else None


def _shown(source: dict[str, Any]) -> dict[str, Any] | None:
    return source if "status" in source else None
