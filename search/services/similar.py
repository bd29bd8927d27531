"""What is like a listing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from listings.models import CardRow, Listing
from marketplace.core.rules import rule
from search.meaning import known_vector
from search.query import Query
from search.services.finding import find, nearest


def similar_to(listing: Listing) -> list[CardRow]:
    """What is for sale and like it: of its leaf, brand and size, then with less of that in common.

    Of those that are equally near, the nearest in meaning first, or without that the newest. Of one closet at most
    `search.similar_seller_max`. Asks the engine until there are enough.
    """
    found: dict[object, CardRow] = {}
    sellers: Counter[str] = Counter()
    for rows in _candidates(listing):
        for row in rows:
            seller = row.seller[0]
            if (
                row.pk == listing.pk
                or row.pk in found
                or sellers[seller] >= rule("search.similar_seller_max")
            ):
                continue
            found[row.pk] = row
            sellers[seller] += 1
            if len(found) == rule("search.similar"):
                return list(found.values())
    return list(found.values())


def _candidates(listing: Listing) -> Iterator[Sequence[CardRow]]:
    vector = known_vector(listing)
    for query in _steps(listing) if vector else ():
        yield nearest(query, vector)
    for query in _steps(listing):  # what has no vector yet
        yield find(query, count=False).rows


def _steps(listing: Listing) -> Iterator[Query]:
    brand = (listing.brand_slug,) if listing.brand_slug else ()
    sizes = tuple(listing.sizes)[: rule("search.values_max")]
    path = [(slug,) for slug in reversed(listing.category_path)]
    leaf = path[0] if path else ()
    tried: set[Query] = set()
    for query in (
        Query(category=leaf, brand=brand, size=sizes), Query(category=leaf, brand=brand),
        Query(category=leaf, size=sizes), Query(category=leaf), *(Query(category=above) for above in path[1:]),
    ):  # fmt: skip
        if query not in tried and query != Query():
            tried.add(query)
            yield query
