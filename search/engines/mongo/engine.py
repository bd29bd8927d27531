"""Pages of what is found."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

import pymongo
from bson import ObjectId
from pymongo.errors import PyMongoError

from listings.models import CARD_FIELDS, CardRow, card_row
from marketplace.core.rules import rule
from search.engines.mongo.cursors import SCORE, Place, place_of
from search.engines.mongo.facets import facets_of
from search.engines.mongo.filters import Plan, conditions, counting_plan, has_prices, plan_of, priced, table
from search.engines.mongo.matching import matching_of
from search.engines.mongo.text import Text, final_score, text_of
from search.query import Query, Sort
from search.results import Count, Facets, Found

CANDIDATES: Final = 5_000  # the newest that match, where what they are ordered by has no index
RANKED: Final = 1_000  # the best by words and quality, which the whole score then orders; pages end there
COUNTED: Final = 10_000  # documents that are counted at most
Stages = list[dict[str, Any]]


class MongoEngine:
    """The engine over the collection of listings itself: nothing to keep up to date.

    Work is bounded: counts end at COUNTED, orders without an index are of the newest CANDIDATES, and no search reads
    longer than `search.read_ms`.
    """

    name = "mongodb"

    def find(self, query: Query, *, size: int, after: str = "", count: bool = True) -> Found:
        place = place_of(after, query.order)
        with _bounded():
            return (
                _with_text(query, place, size, count) if query.text else _without(query, place, size, count)
            )

    def nearest(self, query: Query, vector: Sequence[float], size: int) -> Sequence[CardRow]:
        return ()

    def facets(self, query: Query) -> Facets:
        with _bounded():
            return facets_of(query)

    def matching(self, queries: Sequence[Query], ids: Collection[ObjectId]) -> list[set[ObjectId]]:
        return matching_of(queries, ids)


@contextmanager
def _bounded(share: float = 1) -> Iterator[None]:
    with pymongo.timeout(rule("search.read_ms") / 1000 * share):
        yield


def _without(query: Query, place: Place, size: int, count: bool) -> Found:
    plan, total = plan_of(query, place.order), None
    if has_prices(query) and place.order == Sort.NEWEST and (few := _few_of_that_price(query)):
        plan, total = few
    rows = list(table().aggregate(_page(plan, place, size), hint=plan.hint))
    if count and total is None:
        total = _count(query, at_least=len(rows))
    return _found(rows, place, size, total if count else None)


def _page(plan: Plan, place: Place, size: int) -> Stages:
    """The stages that read one page: in the order of the index, or of candidates that are sorted."""
    last: Stages = [
        {"$sort": place.sorting()},
        {"$limit": size + 1},
        {"$project": dict.fromkeys(CARD_FIELDS, 1)},
    ]
    if plan.is_ordered:
        return [{"$match": {"$and": [plan.where, place.behind()]}}, *last]
    candidates: Stages = [
        {"$match": {"$and": [plan.where, {"published_at": {"$lte": place.since}}]}},
        {"$sort": {"published_at": -1, "_id": -1}},
        {"$limit": CANDIDATES},
    ]
    return [*candidates, {"$match": place.behind()}, *last]


def _few_of_that_price(query: Query) -> tuple[Plan, Count] | None:
    """Where a range of prices has so few that they can be sorted: their plan, and how many they are."""
    plan = priced(query)
    number = table().count_documents(plan.where, hint=plan.hint, limit=CANDIDATES)
    return (Plan(plan.where, plan.hint, is_ordered=False), Count(number)) if number < CANDIDATES else None


def _count(query: Query, at_least: int) -> Count:
    plan = counting_plan(query)
    try:
        number = table().count_documents(plan.where, hint=plan.hint, limit=COUNTED)
    except PyMongoError as exc:
        if not exc.timeout:
            raise
        return Count(at_least, is_exact=False)
    return Count(number, is_exact=number < COUNTED)


def _with_text(query: Query, place: Place, size: int, count: bool) -> Found:
    wanted = text_of(query.text, any_word=query.any_word)
    if wanted is None:
        return Found([], "", Count(0) if count else None)
    wanted = replace(wanted, where=conditions(query) | wanted.where)
    if not place.is_capped:
        try:
            with _bounded(0.5):
                return _ranked(wanted, place, size, count)
        except PyMongoError as exc:
            if not exc.timeout:
                raise
    return _ranked(wanted, replace(place, is_capped=True), size, count)


def _ranked(wanted: Text, place: Place, size: int, count: bool) -> Found:
    """Ids in their order and how many there are, in one pass over what has the words; then the rows of the page."""
    field = next(iter(place.sorting()))
    page: Stages = [{"$match": place.behind()}, {"$sort": place.sorting()}, {"$limit": size + 1},
                    {"$project": {field: 1}}]  # fmt: skip
    stages: Stages = [{"$match": wanted.where}]
    if place.is_capped:  # without a text score the index is read in its order, and only this far
        stages.append({"$limit": CANDIDATES})
    if field == SCORE:
        stages.append({"$project": wanted.inputs(has_text_score=not place.is_capped)})
        best: Stages = [{"$sort": {SCORE: -1, "_id": -1}}, {"$limit": RANKED}]
        page = [*best, {"$set": final_score(place.since)}, *page]
    else:
        stages.append({"$project": {field: 1}})
    parts = {"page": page} | ({"count": [{"$count": "number"}]} if count else {})
    answer = next(iter(table().aggregate([*stages, {"$facet": parts}])))
    number = answer["count"][0]["number"] if answer.get("count") else 0
    total = Count(number, is_exact=not (place.is_capped and number >= CANDIDATES)) if count else None
    return _found(_rows(answer["page"], wanted.where), place, size, total)


def _rows(places: list[dict[str, Any]], where: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of these ids in the same order, with what they were ordered by."""
    wanted = {"_id": {"$in": [place["_id"] for place in places]}, "status": where["status"]}
    rows = {row["_id"]: row for row in table().find(wanted, dict.fromkeys(CARD_FIELDS, 1))}
    return [rows[place["_id"]] | place for place in places if place["_id"] in rows]


def _found(rows: list[dict[str, Any]], place: Place, size: int, total: Count | None) -> Found:
    cursor = place.cursor_at(rows[size - 1]) if len(rows) > size else ""
    return Found([card_row(row) for row in rows[:size]], cursor, total)
