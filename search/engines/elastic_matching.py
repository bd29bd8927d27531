"""Which of a few listings each of many searches shows, by Elasticsearch.

The listings are written and made visible first, so that the answer never waits for, or misses, what a handler has not
written yet; by their versions (search/index/sync.py) it does not matter who writes them how often.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from bson import ObjectId

from search.engines.elastic_body import matching
from search.errors import EngineAway
from search.index.client import answering, write_client
from search.index.names import read_alias
from search.index.sync import index_listings
from search.query import Query

AT_ONCE: Final = 100  # searches in one request


def matching_of(queries: Sequence[Query], ids: Collection[ObjectId]) -> list[set[ObjectId]]:
    """For each search those of these listings that it finds; EngineAway as `find`."""
    if not ids:
        return [set() for _query in queries]
    index_listings(ids)
    wanted = {"ids": {"values": [str(pk) for pk in ids]}}
    found: list[set[ObjectId]] = []
    with answering():
        write_client().indices.refresh(index=read_alias())
        for start in range(0, len(queries), AT_ONCE):
            searches: list[dict[str, Any]] = []
            for query in queries[start : start + AT_ONCE]:
                asked = {"bool": {"filter": [wanted, matching(query)]}}
                searches += [
                    {},
                    {"query": asked, "size": len(ids), "_source": False, "track_total_hits": False},
                ]
            answer = write_client().msearch(index=read_alias(), searches=searches)
            found += [_ids(one) for one in answer["responses"]]
    return found


def _ids(answer: dict[str, Any]) -> set[ObjectId]:
    if error := answer.get("error"):
        raise EngineAway(f"{answer.get('status')} {error.get('type')}")
    return {ObjectId(hit["_id"]) for hit in answer["hits"]["hits"]}
