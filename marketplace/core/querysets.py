"""The QuerySet of every document: the ORM, and PyMongo for what the ORM cannot say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models
from pymongo import UpdateOne
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError
from pymongo.results import BulkWriteResult


class DocumentQuerySet(models.QuerySet):
    """Adds PyMongo calls that the ORM has no words for: array updates, different updates of many documents."""

    def increment_each(self, steps: Mapping[Any, Mapping[str, int]], *, by: str = "_id") -> None:
        """Adds to fields of many documents with one round trip: {value of `by`: {field: step}}; joins a transaction."""
        writes = [UpdateOne({by: value}, {"$inc": dict(fields)}) for value, fields in steps.items()]
        if writes:
            self.write_each(writes)

    def write_each(self, writes: Sequence[UpdateOne]) -> BulkWriteResult:
        """Different updates or upserts (at least one) as one unordered bulk_write; joins a transaction."""
        return self._collection().bulk_write(list(writes), ordered=False, session=connection.session)

    def insert_new(self, document: models.Model) -> bool:
        """Stores a new document without the ORM, a third of its cost; False when a unique index has one like it.

        Outside transactions only: there, a refusal by an index ends the whole transaction.
        """
        fields = self.model._meta.concrete_fields
        row = {f.column: f.get_db_prep_save(getattr(document, f.attname), connection) for f in fields}
        try:
            self._collection().insert_one(row)
        except DuplicateKeyError:
            return False
        document._state.adding = False
        return True

    def _collection(self) -> Collection[dict[str, Any]]:
        # Each call says `session=connection.session`, so that it joins the transaction that runs, if one does.
        return connection.database[self.model._meta.db_table]
