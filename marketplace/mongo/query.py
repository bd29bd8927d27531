"""The aggregation pipeline of a query: the order of its stages, and its index hint."""

from typing import Any

from django_mongodb_backend.query import MongoQuery, wrap_database_errors

from marketplace.mongo.hints import hint_of

Stage = dict[str, Any]


class FastQuery(MongoQuery):
    """Matches, sorts and limits first, then joins and projects what is left, when the compiler says that it may.

    Fault: the stock engine puts $lookup first (it joins every document of the collection for a page of 48) and
    $project before $sort (no index can sort). Upstream's main branch has both; delete when it has not.
    """

    sort_first = False
    lookup_pipeline: list[Stage] | None
    project_fields: dict[str, Any] | None

    def get_pipeline(self) -> list[Stage]:
        if not self.sort_first or self.subquery_lookup or self.combinator_pipeline:
            return list(super().get_pipeline())
        lookup, project = self.lookup_pipeline, self.project_fields
        self.lookup_pipeline = self.project_fields = None
        try:
            pipeline: list[Stage] = super().get_pipeline()
        finally:
            self.lookup_pipeline, self.project_fields = lookup, project
        pipeline += lookup or []
        if project:
            pipeline.append({"$project": project})
        return pipeline

    @wrap_database_errors
    def get_cursor(self) -> Any:
        """The answer's cursor; by the index that hints.by_index named, if any (the stock engine cannot be told one)."""
        return self.compiler.collection.aggregate(
            self.get_pipeline(), session=self.compiler.connection.session, **hint_of(self.query)
        )
