"""Answers searches from MongoDB alone: where no Elasticsearch is configured, and while it is away."""

import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import product
from typing import Any, Final

from bson import ObjectId
from django.db import connection

from listings import taxonomy
from listings.models import BY_PRICE, CARD_FIELDS, NEWEST, PUBLIC, Listing, Status, card_row, facet
from search.query import Availability, Query, Sort
from search.results import Count, Facets, Found

# (field, direction) of each order; the id decides between equals.
ORDERS: Final[dict[str, tuple[str, int]]] = {
    Sort.NEWEST: ("published_at", -1),
    Sort.PRICE_ASC: ("price_cents", 1),
    Sort.PRICE_DESC: ("price_cents", -1),
    Sort.LIKES: ("like_count", -1),
}
COMBINATIONS_MAX: Final = 100  # ranges of the facet index that one query merges
COUNTED: Final = 10_000  # documents that are counted at most
Where = dict[str, Any]


class MongoEngine:
    """The engine over the collection of listings itself: nothing to keep up to date."""

    name = "mongodb"

    def find(self, query: Query, *, size: int, after: str = "", count: bool = True) -> Found:
        where, hint = _where(query)
        field, direction = ORDERS[query.order]
        rows = connection.database[Listing._meta.db_table]
        page = list(
            rows.find(
                {"$and": [where, _behind(field, direction, after)]}, dict.fromkeys(CARD_FIELDS, 1), hint=hint,
                sort=[(field, direction), ("_id", direction)], limit=size + 1,
            )
        )  # fmt: skip
        total = Count(rows.count_documents(where, hint=hint, limit=COUNTED)) if count else None
        if total and total.value == COUNTED:
            total = Count(COUNTED, is_exact=False)
        more = len(page) > size
        cursor = _encode(page[size - 1], field) if more else ""
        return Found([card_row(row) for row in page[:size]], cursor, total)

    def facets(self, query: Query) -> Facets:
        return Facets({})


def _where(query: Query) -> tuple[Where, str | None]:
    """The filter, and the index that answers it with its order, if there is one."""
    statuses = {
        Availability.AVAILABLE: Status.AVAILABLE.value,
        Availability.SOLD: Status.SOLD.value,
        Availability.ALL: {"$in": [status.value for status in PUBLIC]},
    }
    where: Where = {"status": statuses[Availability(query.availability)]}
    prices = {"$gte": query.price_min, "$lte": query.price_max}
    if bounds := {word: value for word, value in prices.items() if value is not None}:
        where["price_cents"] = bounds
    if query.seller:
        where["seller_username"] = query.seller
    numbers = _numbers(query)
    if numbers and query.availability == Availability.AVAILABLE and query.order != Sort.LIKES:
        where["facets"] = {"$in": numbers}
        where["condition"] = {"$in": list(query.condition or taxonomy.CONDITIONS)}
        return where, NEWEST if query.order == Sort.NEWEST else BY_PRICE
    columns = {"category": "category_path", "brand": "brand_slug", "size": "sizes", "color": "colors"}
    for name, column in columns.items():
        if values := getattr(query, name):
            where[column] = {"$in": list(values)}
    if query.condition:
        where["condition"] = {"$in": list(query.condition)}
    return where, None


def _numbers(query: Query) -> list[int]:
    """The facet numbers of every combination of the chosen values; none when they are too many for one query."""
    chosen = [getattr(query, name) or ("",) for name in ("category", "brand", "size", "color")]
    found = [facet(category=c, brand=b, size=s, color=k) for c, b, s, k in product(*chosen)]
    return found if len(found) <= COMBINATIONS_MAX else []


def _behind(field: str, direction: int, after: str) -> Where:
    position = _decode(after)
    if position is None:
        return {}
    value, pk = position
    beyond, level = ("$gt", "$gte") if direction > 0 else ("$lt", "$lte")
    # Not as (a < x) or (a = x and b < y): for an `or` the planner may read each part by itself and sort in memory.
    return {field: {level: value}, "$nor": [{field: value, "_id": {"$not": {beyond: pk}}}]}


def _encode(row: Mapping[str, Any], field: str) -> str:
    value = row[field]
    plain = {"t": value.replace(tzinfo=UTC).isoformat()} if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([plain, str(row["_id"])]).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[Any, ObjectId] | None:
    with suppress(ValueError, TypeError, KeyError, OverflowError, RecursionError):
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(value, dict):
            return datetime.fromisoformat(value["t"]).astimezone(UTC).replace(tzinfo=None), ObjectId(pk)
        if isinstance(value, int):
            return value, ObjectId(pk)
    return None
