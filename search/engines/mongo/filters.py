"""A search as MongoDB's conditions, and the index that answers them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from bson import ObjectId
from django.db import connection

from accounts.models import User
from listings import taxonomy
from listings.models import BY_PRICE, NEWEST, PUBLIC, Listing, Status, facet
from search.query import MULTIPLE, PRICES, Availability, Query, Sort

COLUMNS: Final = {"category": "category_path", "brand": "brand_slug", "size": "sizes", "color": "colors",
                  "condition": "condition"}  # fmt: skip
NUMBERED: Final = ("category", "brand", "size", "color")  # what a facet number is made of
RANGES_MAX: Final = (
    200  # ranges of an index that the server merges in their order (internalQueryMaxScansToExplode)
)
Where = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """Conditions and the index to use; `is_ordered` when that index has the order, too."""

    where: Where
    hint: str
    is_ordered: bool


def plan_of(query: Query, order: str) -> Plan:
    """For a search without text. Where no index has the order, the plan is the one for the newest first."""
    if query.seller:
        where = conditions(query)
        return Plan(where, "listing_seller_newest", order == Sort.NEWEST)
    if query.availability == Availability.AVAILABLE and _is_narrow(query, order):
        by_price = order in (Sort.PRICE_ASC, Sort.PRICE_DESC)
        return Plan(_numbered(query), BY_PRICE if by_price else NEWEST, by_price or order == Sort.NEWEST)
    one = next(
        (name for name in ("brand", "category") if 0 < len(getattr(query, name)) <= RANGES_MAX // 4), ""
    )
    hint = {"brand": "listing_brand_newest", "category": "listing_cat_newest"}.get(one, "listing_newest")
    return Plan(conditions(query), hint, order == Sort.NEWEST)


def priced(query: Query) -> Plan:
    """The plan that reads nothing but what has the price that is asked for; in no order but that of prices."""
    return plan_of(query, Sort.PRICE_ASC.value)


def counting_plan(query: Query) -> Plan:
    """The plan that counts in the fewest documents."""
    return priced(query) if has_prices(query) else plan_of(query, Sort.NEWEST.value)


def has_prices(query: Query) -> bool:
    return any(getattr(query, name) is not None for name in PRICES)


def unpriced(query: Query) -> Query:
    return replace(query, price_min=None, price_max=None)


def conditions(query: Query, without: Sequence[str] = ()) -> Where:
    """All conditions on the fields themselves but those of the parameters named in `without`."""
    where = {} if "availability" in without else {"status": status_of(query.availability)}
    where |= {} if "price" in without else _prices(query)
    if query.seller and "seller" not in without:
        where["seller_id"] = _seller(query.seller)
    for name in MULTIPLE:
        if (values := getattr(query, name)) and name not in without:
            where[COLUMNS[name]] = {"$in": list(values)}
    return where


def status_of(availability: str) -> Any:
    if availability == Availability.ALL:
        return {"$in": [status.value for status in PUBLIC]}
    return Status.SOLD.value if availability == Availability.SOLD else Status.AVAILABLE.value


def _is_narrow(query: Query, order: str) -> bool:
    """Whether the index of facet numbers is worth it: not for what a smaller one answers as well."""
    chosen = {name for name in MULTIPLE if getattr(query, name)}
    is_simple = not chosen or (len(chosen) == 1 and all(len(getattr(query, n)) == 1 for n in chosen))
    is_by_age = order not in (Sort.PRICE_ASC, Sort.PRICE_DESC)
    return not (is_by_age and is_simple and chosen <= {"category", "brand"})


def _numbered(query: Query) -> Where:
    """By facet numbers; what would make too many ranges of an index is looked up on the documents."""
    where: Where = {"status": Status.AVAILABLE.value} | _prices(query)
    where["condition"] = {"$in": list(query.condition or taxonomy.CONDITIONS)}
    room = RANGES_MAX // len(where["condition"]["$in"])
    numbers: dict[str, Sequence[str]] = {}
    for name in sorted(NUMBERED, key=lambda name: len(getattr(query, name))):
        values = getattr(query, name)
        if not values or len(values) > room:
            numbers[name] = ("",)
            if values:
                where[COLUMNS[name]] = {"$in": list(values)}
        else:
            numbers[name] = values
            room //= len(values)
    where["facets"] = {
        "$in": [facet(category=c, brand=b, size=s, color=k) for c, b, s, k in product(*(numbers[n] for n in NUMBERED))]
    }  # fmt: skip
    return where


def _prices(query: Query) -> Where:
    bounds = {"$gte": query.price_min, "$lte": query.price_max}
    found = {word: value for word, value in bounds.items() if value is not None}
    return {"price_cents": found} if found else {}


def _seller(username: str) -> ObjectId | None:
    """The id of a person: that is what the index of a closet begins with."""
    table = connection.database[User._meta.db_table]
    found = table.find_one({"username": username.lower()}, {"_id": 1})
    return found["_id"] if found else None


def table() -> Any:
    """The collection of listings."""
    return connection.database[Listing._meta.db_table]
