"""Simpler lookups (lt, lte, isnull), where the stock engine adds conditions that no index answers.

MongoDB compares within one type only, so `{a: {$lt: 5}}` never finds null or a missing field; `{a: null}` finds both,
and `{a: {$ne: null}}` neither. Fault: the stock engine adds `$exists` to each of these, which an index cannot answer,
so every document that the index finds is fetched to look (count() of a range: 3 to 7 times slower), and `isnull=True`
becomes two scans. Seen in 5.2.4; delete when upstream does.
"""

from collections.abc import Callable
from typing import Any

from django_mongodb_backend.base import DatabaseWrapper as StockWrapper

Condition = dict[str, Any]


def less(path: str, value: Any) -> Condition:
    return {path: {"$lt": value}}


def less_or_equal(path: str, value: Any) -> Condition:
    return {path: {"$lte": value}}


def is_null(path: str, wanted: bool) -> Condition:
    return {path: None} if wanted else {path: {"$ne": None}}


def _simplified(name: str, simple: Callable[[str, Any], Condition]) -> Callable[[str, Any], Condition]:
    """The simple form for fields of the document itself; inside embedded arrays the stock form has another meaning."""
    stock: Callable[[str, Any], Condition] = StockWrapper.mongo_operators[name]
    return lambda path, value: stock(path, value) if "." in path else simple(path, value)


OPERATORS = {
    "lt": _simplified("lt", less),
    "lte": _simplified("lte", less_or_equal),
    "isnull": _simplified("isnull", is_null),
}
