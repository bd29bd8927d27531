"""Answers searches from Elasticsearch: which and in what order. The rows come from MongoDB, by its own word on who may
see them, so what is hidden never shows, however far behind the index is.
"""

import logging
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from bson import ObjectId
from django.core import signing
from django.db import connection
from elastic_transport import ObjectApiResponse
from elasticsearch import ApiError, BadRequestError, NotFoundError

from listings.models import CARD_FIELDS, CardRow, Listing, card_row
from search.engines.breaker import Breaker
from search.engines.elastic_body import (
    ANY,
    STATUSES,
    Vector,
    facets_body,
    filters_of,
    matching,
    nearest,
    order_of,
    ranking,
    tally,
)
from search.engines.elastic_matching import matching_of
from search.engines.words import words_of
from search.errors import EngineAway
from search.facets import facet_values, price_steps
from search.index.client import answering, page_client, reason_of
from search.index.names import read_alias
from search.meaning import query_vector
from search.query import Availability, Query, Sort
from search.results import Count, Facets, Found

PIT_KEEP: Final = "5m"  # how long a search by relevance may be paged through exactly
PIT_SECONDS: Final = 0.25  # searches within this time share a point in time
SALT: Final = "search.cursor"
BREAKER = Breaker()
Answer = ObjectApiResponse[Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ends: the order, since when ages count, the point in time, the sort values of the last listing, and
    whether the meaning of the text counts (so that all pages of a search are in one order).
    """

    order: str
    now: int
    pit: str
    after: Sequence[Any]
    has_meaning: bool

    def encode(self) -> str:
        values = [self.order, self.now, self.pit, list(self.after), self.has_meaning]
        return signing.dumps(values, salt=SALT)

    @classmethod
    def decode(cls, text: str, query: Query) -> "Cursor | None":
        """None for one that we did not make, or made for another order."""
        try:
            order, now, pit, after, has_meaning = signing.loads(text, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(order, now, pit, after, has_meaning) if order == query.order else None


class PointInTime:
    """A state of the index that searches of the last moments share; each keeps it open for its own pages."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alias = self._id = ""
        self._good_until = 0.0

    def get(self) -> str:
        """The id of one that is fresh; one request for all threads that ask within PIT_SECONDS."""
        with self._lock:
            alias = read_alias()
            if alias != self._alias or time.monotonic() > self._good_until:
                opened = page_client().open_point_in_time(index=alias, keep_alive=PIT_KEEP)
                self._alias, self._id = alias, opened["id"]
                self._good_until = time.monotonic() + PIT_SECONDS
            return self._id

    def reset(self) -> None:
        """Makes the next search open a new one."""
        self._good_until = 0.0


POINT_IN_TIME = PointInTime()


class ElasticEngine:
    """The engine over the index of listings; exact counts at any size."""

    name = "elasticsearch"

    def find(self, query: Query, *, size: int, after: str = "", count: bool = True) -> Found:
        start, vector = _start(query, after)
        with asking():
            try:
                answer = _page(query, start, size + 1, count, vector)
            except BadRequestError as refused:
                if vector is None or start.after:
                    raise
                # An index of before there were vectors, until the rebuild is through.
                log.warning("search by words alone", extra={"reason": reason_of(refused)})
                start = replace(start, has_meaning=False)
                answer = _page(query, start, size + 1, count, None)
        hits = answer["hits"]["hits"]
        total = Count(answer["hits"]["total"]["value"]) if count else None
        last = hits[size - 1]["sort"] if len(hits) > size else None
        following = replace(start, pit=answer.get("pit_id", ""), after=last).encode() if last else ""
        return Found(_rows(query, [hit["sort"][1] for hit in hits[:size]]), following, total)

    def nearest(self, query: Query, vector: Sequence[float], size: int) -> Sequence[CardRow]:
        near = nearest(vector, filters_of(query), ANY)
        with asking():
            answer = page_client().search(index=read_alias(), query=near, size=size, source=False)
        return _rows(query, [hit["_id"] for hit in answer["hits"]["hits"]])

    def facets(self, query: Query) -> Facets:
        with asking():
            answer = page_client().search(index=read_alias(), **facets_body(query))
        tallies = {name: tally(part["values"]["buckets"]) for name, part in answer["aggregations"].items()}
        prices = price_steps(tallies.pop("price"))
        return Facets({name: facet_values(name, tallies[name], query) for name in tallies}, prices)

    def matching(self, queries: Sequence[Query], ids: Collection[ObjectId]) -> list[set[ObjectId]]:
        return matching_of(queries, ids)


def _start(query: Query, after: str) -> tuple[Cursor, Vector | None]:
    """Where the page begins, and the vector of the text where its meaning counts."""
    # A phrase in quotes is meant word by word.
    has_text = query.order == Sort.RELEVANCE and not words_of(query.text).phrases
    if cursor := Cursor.decode(after, query):
        vector = query_vector(query.text, is_needed=True) if has_text and cursor.has_meaning else None
        if not cursor.has_meaning or vector is not None:
            return cursor, vector
    vector = query_vector(query.text) if has_text else None
    return Cursor(query.order, int(time.time() * 1000), "", (), vector is not None), vector


@contextmanager
def asking() -> Iterator[None]:
    """Around every request that a page waits for: EngineAway for whatever is not an answer."""
    try:
        with BREAKER.call(), answering():
            yield
    except ApiError as failure:
        # A request that it does not understand is our fault; the page is answered by the other engine.
        log.error("search refused", extra={"reason": reason_of(failure)})
        raise EngineAway(reason_of(failure)) from failure


def _page(query: Query, cursor: Cursor, size: int, count: bool, vector: Vector | None) -> Answer:
    request: dict[str, Any] = {
        "size": size, "sort": order_of(query), "track_total_hits": count, "stored_fields": "_none_",
        "search_after": list(cursor.after) or None,
    }  # fmt: skip
    if query.order != Sort.RELEVANCE:
        return page_client().search(index=read_alias(), query=matching(query), **request)
    # Scores depend on all other listings, so the pages of a search go through one state of the index.
    request["query"] = ranking(query, now=cursor.now, vector=vector)
    try:
        return _at(cursor.pit or POINT_IN_TIME.get(), request)
    except NotFoundError:
        POINT_IN_TIME.reset()
    if not cursor.pit:
        return _at(POINT_IN_TIME.get(), request)
    # It was opened too long ago, or its index has been rebuilt: from the same place, in the index as it is now.
    return page_client().search(index=read_alias(), **request | {"search_after": list(cursor.after)[:2]})


def _at(pit: str, request: dict[str, Any]) -> Answer:
    return page_client().search(pit={"id": pit, "keep_alive": PIT_KEEP}, **request)


def _rows(query: Query, ids: Sequence[str]) -> list[CardRow]:
    """The listings of these ids that may be seen, as they are now."""
    where = {
        "_id": {"$in": [ObjectId(pk) for pk in ids]},
        "status": {"$in": STATUSES[Availability(query.availability)]},
    }
    table = connection.database[Listing._meta.db_table]
    found = {
        str(row["_id"]): card_row(row)
        for row in table.find(where, dict.fromkeys(CARD_FIELDS, 1), hint="_id_")
    }
    return [found[pk] for pk in ids if pk in found]
