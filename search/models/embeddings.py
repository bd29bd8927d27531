"""The vectors that search by meaning has computed."""

import struct

from django.db import connection, models
from django.utils import timezone
from pymongo import UpdateOne

from marketplace.core.models import Document, DocumentQuerySet

_HALVES = struct.Struct("<384e")


class EmbeddingQuerySet(DocumentQuerySet):
    def vectors(self, keys: list[str]) -> dict[str, list[float]]:
        """The vectors of those of some keys that there are; half precision is kept, single is given."""
        # Raw: a third of the time of the ORM, for a thousand at once.
        rows = self._collection().find(
            {"key": {"$in": keys}}, {"key": 1, "vector": 1, "_id": 0}, session=connection.session
        )
        return {row["key"]: list(_HALVES.unpack(row["vector"])) for row in rows}

    def keep(self, vectors: dict[str, list[float]]) -> None:
        """Stores vectors by their keys; one that is there stays."""
        now = timezone.now()
        self.write_each([
            UpdateOne({"key": key}, {"$setOnInsert": {"vector": _HALVES.pack(*vector), "created_at": now}}, upsert=True)
            for key, vector in vectors.items()
        ])  # fmt: skip


class Embedding(Document):
    """The vector of a text under a model; `key` is a digest of both (search.meaning)."""

    key = models.CharField(max_length=64, unique=True)
    vector = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EmbeddingQuerySet.as_manager()
