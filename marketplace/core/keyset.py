"""Keyset pagination: the rows after a cursor, read by an index at any depth."""

import base64
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from bson import ObjectId
from bson.errors import InvalidId
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

T = TypeVar("T")
LARGEST = 2**63 - 1  # the database's integers


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of rows and the cursor of the next one ("" at the end)."""

    items: list[T]
    next_cursor: str


def page_of(
    queryset: QuerySet[Any], *, order: Sequence[str], after: str, size: int,
    load: Callable[[QuerySet[Any]], list[T]] = list,
) -> Page[T]:  # fmt: skip
    """The rows behind cursor `after` ("" for the first page). `order` must end in a unique field and have an index.

    `load` turns the query into rows that have the fields of `order`; model objects unless another is named.

    A cursor that cannot be read gives the first page: an old link should show something.
    """
    position = _decode(after, order)
    if position is not None:
        # A forged cursor may be readable, but with values of other kinds than the fields have.
        with suppress(ValidationError, ValueError, TypeError):
            queryset = queryset.filter(_behind(order, position))
    rows = load(queryset.order_by(*order)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, _encode(rows[-1], order) if more else "")


def _behind(order: Sequence[str], position: list[Any]) -> Q:
    """Rows behind a position: the plain bound of the first field, without those level with it but not behind.

    Not as (a < x) or (a = x and b < y): for an `or` the planner may read each part by itself and sort in memory.
    """
    first, start, descending = order[0].lstrip("-"), position[0], order[0].startswith("-")
    if len(order) == 1:
        return Q(**{f"{first}__{'lt' if descending else 'gt'}": start})
    bound = Q(**{f"{first}__{'lte' if descending else 'gte'}": start})
    return bound & ~(Q(**{first: start}) & ~_behind(order[1:], position[1:]))


def _encode(row: Any, order: Sequence[str]) -> str:
    values = [_plain(getattr(row, name.lstrip("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    return {"o": str(value)} if isinstance(value, ObjectId) else value


def _decode(cursor: str, order: Sequence[str]) -> list[Any] | None:
    if not cursor:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        position = [_rich(value) for value in values]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, InvalidId):
        return None
    return position if len(position) == len(order) and None not in position else None


def _rich(value: Any) -> Any:
    if isinstance(value, dict):
        # An OverflowError here is a time at the edge of the calendar.
        return datetime.fromisoformat(value["t"]).astimezone(UTC) if "t" in value else ObjectId(value["o"])
    if not isinstance(value, int | str) or (isinstance(value, int) and abs(value) > LARGEST):
        raise TypeError("a cursor holds numbers, texts, times and ids")
    if isinstance(value, str):
        value.encode()  # half a character cannot be asked for: UnicodeEncodeError, which is a ValueError
    return value
