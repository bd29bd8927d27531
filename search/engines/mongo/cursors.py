"""Where a page ended: by what it is ordered, the last value and id, and the moment of the first page."""

import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bson import ObjectId
from bson.errors import InvalidId

from search.query import Sort

LARGEST: Final = 2**63 - 1  # the database's integers
SCORE: Final = "score"  # what the best match is ordered by; computed, not stored
# (field, direction) of each order; the id decides between equals.
ORDERS: Final[dict[str, tuple[str, int]]] = {
    Sort.RELEVANCE: (SCORE, -1),
    Sort.NEWEST: ("published_at", -1),
    Sort.PRICE_ASC: ("price_cents", 1),
    Sort.PRICE_DESC: ("price_cents", -1),
    Sort.LIKES: ("like_count", -1),
}
KINDS: Final = {SCORE: float, "published_at": datetime, "price_cents": int, "like_count": int}


@dataclass(frozen=True, slots=True)
class Place:
    """A position in an order. `since` is when the first page was read: what came later does not move what follows.

    Without a value it is the beginning. `is_capped`: the first page was of a part (text.py), and so are the next.
    """

    order: str
    since: datetime
    value: Any = None
    pk: ObjectId | None = None
    is_capped: bool = False

    def behind(self) -> dict[str, Any]:
        """The condition for what follows."""
        if self.pk is None:
            return {}
        field, direction = ORDERS[self.order]
        beyond, level = ("$gt", "$gte") if direction > 0 else ("$lt", "$lte")
        # Not as (a < x) or (a = x and b < y): for an `or` the planner may read each part by itself and sort in memory.
        return {field: {level: self.value}, "$nor": [{field: self.value, "_id": {"$not": {beyond: self.pk}}}]}

    def sorting(self) -> dict[str, int]:
        field, direction = ORDERS[self.order]
        return {field: direction, "_id": direction}

    def cursor_at(self, row: Mapping[str, Any]) -> str:
        """The cursor of the page that follows this row."""
        value = row[ORDERS[self.order][0]]
        plain = _stamp(value) if isinstance(value, datetime) else value
        parts = [self.order, plain, str(row["_id"]), _stamp(self.since), int(self.is_capped)]
        return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def place_of(cursor: str, order: str) -> Place:
    """Where a cursor points to; the beginning when it cannot be read or is of another order."""
    with suppress(ValueError, TypeError, OverflowError, RecursionError, InvalidId):
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(parts, list) and len(parts) == 5 and parts[0] == order:
            value, kind = parts[1], KINDS[ORDERS[order][0]]
            value = _moment(value) if kind is datetime else value
            if type(value) is kind and not (isinstance(value, int) and abs(value) > LARGEST):
                return Place(order, _moment(parts[3]), value, ObjectId(parts[2]), parts[4] == 1)
    return Place(order, _now())


def _now() -> datetime:
    """As the database stores it: to the millisecond, without a zone."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _stamp(moment: datetime) -> str:
    return moment.isoformat()


def _moment(text: Any) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)
