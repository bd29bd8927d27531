"""Naming the index that answers a query."""

from typing import TypeVar

from django.db.models import QuerySet

Q = TypeVar("Q", bound=QuerySet)


def by_index(queryset: Q, name: str) -> Q:
    """The same rows, read by this index; an error of the database when there is no such index."""
    clone: Q = queryset._chain()
    clone.query.index_name = name  # a clone of a query copies what is set on it
    return clone
