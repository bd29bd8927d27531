"""Finding listings: asks the preferred engine, and the next one when that is away."""

import logging
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from bson import ObjectId

from listings.models import CardRow
from marketplace.core.health import count_fallback
from marketplace.core.rules import rule
from search.engines import Engine, engines
from search.errors import EngineAway
from search.query import Query
from search.results import Facets, Found

log = logging.getLogger(__name__)
T = TypeVar("T")


def find(query: Query, *, after: str = "", size: int | None = None, count: bool = True) -> Found:
    """One page of public listings; when the preferred engine is away, from the next one."""
    number = size or rule("search.page_size")
    return _first_answer(lambda engine: engine.find(query, size=number, after=after, count=count))


def nearest(query: Query, vector: Sequence[float]) -> Sequence[CardRow]:
    """Of what the search shows, the listings nearest to a vector; none without an engine that has vectors."""
    return _first_answer(lambda engine: engine.nearest(query, vector, rule("search.page_size")))


def facets(query: Query) -> Facets:
    """What the search can be narrowed to; as `find` does when an engine is away."""
    return _first_answer(lambda engine: engine.facets(query))


def matching(queries: Sequence[Query], ids: Collection[ObjectId]) -> list[set[ObjectId]]:
    """For each search, which of these listings it shows; by the engine that answers `find` just now."""
    return _first_answer(lambda engine: engine.matching(queries, ids))


def _first_answer(ask: Callable[[Engine], T]) -> T:
    """Of the engines in their order. That one is away is a line in the log and a number in /readyz."""
    *preferred, last = engines()
    for engine in preferred:
        try:
            return ask(engine)
        except EngineAway as exc:
            log.warning("search engine away", extra={"engine": engine.name, "reason": str(exc)})
            count_fallback(engine.name)
    return ask(last)
