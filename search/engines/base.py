"""What both engines do. The same filters, sorts, pages and visibility hold for both (tests/search/test_contract.py)."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bson import ObjectId

from listings.models import CardRow
from search.query import Query
from search.results import Facets, Found


class Engine(Protocol):
    """Answers searches; EngineAway when it cannot be reached."""

    name: str

    def find(self, query: Query, *, size: int, after: str = "", count: bool = True) -> Found:
        """One page of public listings. Nothing comes twice or is left out on the next page because others were added.

        A cursor that cannot be read gives the first page.
        """
        ...

    def nearest(self, query: Query, vector: Sequence[float], size: int) -> Sequence[CardRow]:
        """Of what the search shows, the listings nearest to a vector; of an engine without vectors none."""
        ...

    def facets(self, query: Query) -> Facets:
        """What the search can be narrowed to: OR within a facet, AND across them, each without its own choice."""
        ...

    def matching(self, queries: Sequence[Query], ids: Collection[ObjectId]) -> list[set[ObjectId]]:
        """For each search, which of these listings it shows as they are now: what `find` would have on any page.

        Whatever was stored before the call counts. For few listings (a batch) and many searches.
        """
        ...
