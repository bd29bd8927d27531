"""One exact index entry for every combination that a list can be narrowed to (docs/adr, "Facets").

A listing carries one number for each combination of category (any of its levels, or none), brand, size and colour
under which it can be found. Two indexes begin with that number, then the condition, then what is sorted by.
"""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import product
from typing import Any, Final

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


def faceted(values: Any) -> dict[str, list[int]]:
    """{"facets": ...} for a listing, to be stored whenever one of FACETED is."""
    return {"facets": facets_of(**{name: getattr(values, name) for name in FACETED})}
