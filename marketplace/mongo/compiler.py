"""The SQL compiler's counterpart: decides when $sort may come before $lookup and $project in the pipeline."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey
from django.db.models.expressions import Col, Ref
from django_mongodb_backend import compiler as stock
from django_mongodb_backend.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)

from .query import FastQuery

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class NotOptimizable(Exception):
    """The pipeline of this query stays as the stock engine has it."""


class SQLCompiler(stock.SQLCompiler):
    """Fault: the stock engine emits `$addFields {created: "$created"}` before $sort, which hides the index order.

    Every ORDER BY is then a sort in memory of all that matches. Upstream's main branch still does
    (`extra_fields += ordering_fields`); delete this and query.py when it stops.
    """

    query_class = FastQuery

    def build_query(self, columns: Any = None) -> FastQuery:
        query: FastQuery = super().build_query(columns)
        try:
            if self._may_sort_first(query):
                query.extra_fields = None  # only copies of the fields that are sorted by
                query.sort_first = True
        except NotOptimizable:
            pass
        return query

    def _may_sort_first(self, query: FastQuery) -> bool:
        if self.query.combinator or self.query.distinct:
            return False
        if query.aggregation_pipeline or query.search_pipeline or query.subqueries:
            return False
        if not (query.ordering or query.lookup_pipeline):
            return False
        copies = {column: f"${column}" for column in self._sorted_columns(query)}
        if any(copies.get(name) != value for name, value in (query.extra_fields or {}).items()):
            return False
        joined = self._joined_aliases()
        return joined.isdisjoint(_aliases_in(self.get_where()))

    def _sorted_columns(self, query: FastQuery) -> Iterator[str]:
        for order in self.order_by_objs or []:
            expression = order.expression
            if isinstance(expression, Ref):  # values("id").order_by("id") refers to a selected column
                expression = self._column_behind(expression, query)
            if not isinstance(expression, Col) or expression.alias != self.collection_name:
                raise NotOptimizable  # sorted by a joined or computed value
            if order.nulls_first or order.nulls_last:
                raise NotOptimizable
            yield expression.target.column

    @staticmethod
    def _column_behind(ref: Ref, query: FastQuery) -> Col:
        source = ref.source
        if not isinstance(source, Col) or ref.refs not in (source.target.column, source.target.name):
            raise NotOptimizable
        if not query.ordering.get(source.target.column):
            raise NotOptimizable
        return source

    def _joined_aliases(self) -> set[str]:
        joined = {
            alias
            for alias in self.query.alias_map
            if self.query.alias_refcount[alias] and alias != self.collection_name
        }
        for alias in joined:
            # A to-many join multiplies rows, so LIMIT must stay after it.
            if not isinstance(getattr(self.query.alias_map[alias], "join_field", None), ForeignKey):
                raise NotOptimizable
        return joined


def _aliases_in(where: Any) -> set[str]:
    """The aliases (collections) that a condition reads."""
    if where is None:
        return set()
    if not hasattr(where, "leaves"):
        return _aliases_of(where)
    found: set[str] = set()
    for leaf in where.leaves():
        if not hasattr(leaf, "lhs"):  # Exists() and its like
            raise NotOptimizable
        for side in (leaf.lhs, getattr(leaf, "rhs", None)):
            if hasattr(side, "flatten"):
                found |= _aliases_of(side)
    return found


def _aliases_of(expression: Any) -> set[str]:
    return {part.alias for part in expression.flatten() if isinstance(part, Col)}
