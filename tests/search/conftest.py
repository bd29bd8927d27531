"""The engines that the contract holds for, and a small shop to search."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from accounts.models import User
from listings.models import Listing
from search.engines import Engine
from search.engines.elastic import ElasticEngine
from search.engines.mongo import MongoEngine
from search.query import Query
from search.results import Facets, Found
from tests import make

# Each engine, and the fixture that handles all events and lets the engine show what was written before.
ENGINES: dict[str, tuple[Callable[[], Engine], str]] = {
    "mongodb": (MongoEngine, "deliver"),
    "elasticsearch": (ElasticEngine, "index"),
}
PAGE = 3


@dataclass
class Shop:
    """Listings of one seller (or others), by a short name each, and searches over them by these names."""

    engine: Engine
    engine_ready: Callable[[], None]
    seller: User
    made: dict[str, Listing] = field(default_factory=dict)

    def add(self, name: str, **fields: Any) -> Listing:
        fields = {"seller": self.seller, "title": f"Plain {name}"} | fields
        self.made[name] = make.listing(fields.pop("seller"), **fields)
        return self.made[name]

    def find(self, *, after: str = "", page: int = 48, **query: Any) -> Found:
        self.engine_ready()
        return self.engine.find(Query(**query), size=page, after=after)

    def facets(self, **query: Any) -> Facets:
        self.engine_ready()
        return self.engine.facets(Query(**query))

    def counts(self, facet: str, **query: Any) -> dict[str, int]:
        """The values of one facet with their counts."""
        return {one.value: one.count for one in self.facets(**query).values[facet]}

    def names(self, found: Found) -> list[str]:
        known = {listing.pk: name for name, listing in self.made.items()}
        return [known[row.pk] for row in found.rows]

    def ordered(self, **query: Any) -> list[str]:
        """The names of what is found, in its order."""
        return self.names(self.find(**query))

    def found(self, **query: Any) -> set[str]:
        """The names of what is found; what is counted is what is shown."""
        found = self.find(**query)
        assert found.total is not None
        assert (found.total.value, found.total.is_exact) == (len(found.rows), True)
        return set(self.names(found))

    def pages(self, between: Callable[[], object] = lambda: None, **query: Any) -> Iterator[list[str]]:
        """Page after page of the names; `between` is called before each page but the first."""
        cursor = ""
        while True:
            found = self.find(after=cursor, page=PAGE, **query)
            yield self.names(found)
            if not (cursor := found.next_cursor):
                return
            between()


@pytest.fixture(params=[
    pytest.param(name, marks=pytest.mark.needs("elasticsearch") if name == "elasticsearch" else ()) for name in ENGINES
])  # fmt: skip
def engine(request, db) -> Engine:
    """Each engine in turn."""
    return ENGINES[request.param][0]()


@pytest.fixture
def engine_ready(request, engine) -> Callable[[], None]:
    """Handles all events and lets the engine catch up."""
    return request.getfixturevalue(ENGINES[engine.name][1])


@pytest.fixture
def shop(engine, engine_ready) -> Shop:
    return Shop(engine, engine_ready, make.verified_user("alma"))
