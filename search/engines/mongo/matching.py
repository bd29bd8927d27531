"""Which of a few listings each of many searches shows.

Asked of all listings, a text would be looked up among everything that has its words. So the few are copied into a
collection with the same text index, where each text costs a look at them alone; the conditions are those of `find`.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from bson import ObjectId
from django.db import connection

from search.engines.mongo import text
from search.engines.mongo.filters import COLUMNS, conditions, table
from search.models import COPIES
from search.query import Query, Sort

COPIED: Final = (*COLUMNS.values(), *text.WEIGHTS, "status", "price_cents", "seller_id")
AT_ONCE: Final = 100  # combinations of filters in one question


def matching_of(queries: Sequence[Query], ids: Collection[ObjectId]) -> list[set[ObjectId]]:
    """For each search those of these listings that have its words and meet its conditions; each part is asked once."""
    with _copied(ids) as batch:
        words = {part: _having(part, batch) for part in dict.fromkeys(map(_words, queries)) if part.text}
        filters = _meeting(list(dict.fromkeys(map(_filters, queries))), batch)
    return [
        filters[_filters(query)] & words[_words(query)] if query.text else filters[_filters(query)]
        for query in queries
    ]


def _words(query: Query) -> Query:
    return Query(text=query.text, any_word=query.any_word)


def _filters(query: Query) -> Query:
    return replace(query, text="", any_word=False, exact=False, sort=Sort.RELEVANCE.value)


@contextmanager
def _copied(ids: Collection[ObjectId]) -> Iterator[ObjectId]:
    batch = ObjectId()
    rows = table().find({"_id": {"$in": list(ids)}}, dict.fromkeys(COPIED, 1), hint="_id_")
    copies = [
        {**row, "_id": ObjectId(), "listing_id": row["_id"], "batch": batch, "at": datetime.now(UTC)}
        for row in rows
    ]
    try:
        if copies:
            _copies().insert_many(copies, ordered=False)
        yield batch
    finally:  # those of a process that was killed go by their age
        _copies().delete_many({"batch": batch})


def _having(words: Query, batch: ObjectId) -> set[ObjectId]:
    wanted = text.text_of(words.text, any_word=words.any_word)
    if wanted is None:
        return set()
    return {row["listing_id"] for row in _copies().find({"batch": batch} | wanted.where, {"listing_id": 1})}


def _meeting(filters: Sequence[Query], batch: ObjectId) -> dict[Query, set[ObjectId]]:
    found: dict[Query, set[ObjectId]] = {}
    for start in range(0, len(filters), AT_ONCE):
        some = filters[start : start + AT_ONCE]
        parts: dict[str, list[dict[str, Any]]] = {
            str(number): [{"$match": conditions(one)}, {"$project": {"listing_id": 1}}]
            for number, one in enumerate(some)
        }
        answer = next(
            iter(_copies().aggregate([{"$match": {"batch": batch}}, {"$facet": parts}], hint="copy_batch"))
        )
        found |= {one: {row["listing_id"] for row in answer[str(number)]} for number, one in enumerate(some)}
    return found


def _copies() -> Any:
    return connection.database[COPIES]
