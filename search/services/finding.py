"""Finding listings: asks the preferred engine, and the next one when that is away."""

import logging

from marketplace.core.rules import rule
from search.engines import engines
from search.errors import EngineAway
from search.query import Query
from search.results import Facets, Found

log = logging.getLogger(__name__)


def find(query: Query, *, after: str = "", size: int | None = None, count: bool = True) -> Found:
    """One page of public listings; when the preferred engine is away, from the next one, with a line in the log."""
    size = size or rule("search.page_size")
    *preferred, last = engines()
    for engine in preferred:
        try:
            return engine.find(query, size=size, after=after, count=count)
        except EngineAway as exc:
            log.warning("search engine away", extra={"engine": engine.name, "reason": str(exc)})
    return last.find(query, size=size, after=after, count=count)


def facets(query: Query) -> Facets:
    """What the search can be narrowed to; as `find` does when an engine is away."""
    *preferred, last = engines()
    for engine in preferred:
        try:
            return engine.facets(query)
        except EngineAway as exc:
            log.warning("search engine away", extra={"engine": engine.name, "reason": str(exc)})
    return last.facets(query)
