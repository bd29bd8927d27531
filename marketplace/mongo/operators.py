"""How a comparison with a constant is said, where the stock engine says more than is needed.

MongoDB compares within one type only, so `{a: {$lt: 5}}` never finds null or a missing field; `{a: null}` finds both,
and `{a: {$ne: null}}` neither. The stock engine adds `$exists` to each of them, which no index can answer: every
document found is fetched to look. Delete when upstream drops it.
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
    if "." in path:  # inside embedded documents and arrays the long form is not the same
        long_form: Condition = StockWrapper.mongo_operators["isnull"](path, wanted)
        return long_form
    return {path: None} if wanted else {path: {"$ne": None}}


OPERATORS: dict[str, Callable[[str, Any], Condition]] = {"lt": less, "lte": less_or_equal, "isnull": is_null}
