"""One exact index entry for every combination that a list can be narrowed to (docs/adr, "Facets").

A listing carries one number for each combination of category (any of its levels, or none), brand, size and colour
under which it can be found. Two indexes begin with that number, then the condition, then what is sorted by.
"""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import product
from typing import Any, Final, Self

from listings import taxonomy
from listings.models.status import Status
from marketplace.core.querysets import DocumentQuerySet
from marketplace.mongo.hints import by_index

NEWEST, BY_PRICE = "listing_facet_newest", "listing_facet_price"
FACETED: Final = frozenset({"category_path", "brand_slug", "sizes", "colors"})  # what the numbers are made of


def facet(*, category: str = "", brand: str = "", size: str = "", color: str = "") -> int:
    """The number of one combination; "" stands for any. 64 bits, so that two never meet by chance."""
    digest = blake2b("\n".join((category, brand, size, color)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def facets_of(
    *, category_path: Sequence[str], brand_slug: str, sizes: Sequence[str], colors: Sequence[str]
) -> list[int]:
    """The numbers of every combination that finds a listing with these values."""
    brands = ["", brand_slug] if brand_slug else [""]
    found = product(["", *category_path], brands, ["", *sizes], ["", *colors])
    return list(dict.fromkeys(facet(category=c, brand=b, size=s, color=k) for c, b, s, k in found))


class NarrowedQuerySet(DocumentQuerySet):
    """Lists of what is for sale."""

    def narrowed(
        self, *, category: str = "", brand: str = "", size: str = "", color: str = "", condition: str = "",
        by_price: bool = False,
    ) -> Self:  # fmt: skip
        """On sale and matching all that is given, in the order that the index named here has.

        The index is named because the planner, which tries plans on the first hundred documents, takes the one of
        all listings for a common combination and then keeps it for a rare one.
        """
        rows = self.filter(status=Status.AVAILABLE)
        if not (size or color or condition or by_price or (category and brand)):
            return rows.unfaceted(category=category, brand=brand)
        conditions = [condition] if condition else list(taxonomy.CONDITIONS)
        number = facet(category=category, brand=brand, size=size, color=color)
        rows = rows.filter(facets__contains=[number], condition__in=conditions)
        return by_index(rows, BY_PRICE if by_price else NEWEST)

    def unfaceted(self, *, category: str = "", brand: str = "") -> Self:
        """Of one category or one brand or all, newest first; the statuses are the caller's."""
        if category:
            return by_index(self.filter(category_path__contains=[category]), "listing_cat_newest")
        if brand:
            return by_index(self.filter(brand_slug=brand), "listing_brand_newest")
        return by_index(self, "listing_newest")


def faceted(values: Any) -> dict[str, list[int]]:
    """{"facets": ...} for a listing, to be stored whenever one of FACETED is."""
    return {"facets": facets_of(**{name: getattr(values, name) for name in FACETED})}
