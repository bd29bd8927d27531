"""Index hints for querysets."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.db.models.sql import Query

Q = TypeVar("Q", bound=QuerySet)


def by_index(queryset: Q, name: str) -> Q:
    """The same queryset with a hint; OperationFailure when there is no such index."""
    clone: Q = queryset._chain()
    clone.query.index_name = name  # a clone of a query copies what is set on it
    return clone


def hint_of(query: Query) -> dict[str, Any]:
    """The driver's keyword for the index that was named; empty when none was."""
    name = getattr(query, "index_name", None)
    return {"hint": name} if name else {}
