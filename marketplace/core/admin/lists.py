"""Changelists: read by a named index, counted no further than they can be paged, searched by exact words."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import cached_property

from marketplace.core.counting import count_up_to
from marketplace.mongo.hints import by_index

MAX_ROWS = 2000  # rows that can be paged to; older ones are found by searching or by narrowing


class BoundedPaginator(Paginator):
    """Pages by offset, which reads all skipped rows, so no further than `MAX_ROWS`."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if rows.query.where:
            return min(count_up_to(rows, MAX_ROWS), MAX_ROWS)
        return min(connection.database[rows.model._meta.db_table].estimated_document_count(), MAX_ROWS)


class IndexedList(ChangeList):
    """Reads its rows by the index that its ModelAdmin names in `list_index`."""

    def get_results(self, request: Any) -> None:
        # Only here: single rows and actions go by their ids, and an index that is named is always used.
        if self.model_admin.list_index and not self.query:
            self.queryset: QuerySet = by_index(self.queryset, self.model_admin.list_index)
        super().get_results(request)
