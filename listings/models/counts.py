"""Numbers of a closet."""

from collections.abc import Sequence

from bson import ObjectId
from django.db import connection

from marketplace.core.counting import MOST
from marketplace.core.querysets import DocumentQuerySet


class CountedQuerySet(DocumentQuerySet):
    """How many listings a closet has."""

    def counts_of(self, seller_id: ObjectId, statuses: Sequence[str]) -> dict[str, int]:
        """{status: number} of a person's listings, each counted to one more than counting.MOST; one query."""
        # Raw: a count that stops is a $limit of its own, and the ORM has no $unionWith.
        table = self._collection()
        parts = [
            [{"$match": {"seller_id": seller_id, "status": status}}, {"$limit": MOST + 1},
             {"$count": "number"}, {"$set": {"status": status}}]
            for status in map(str, statuses)
        ]  # fmt: skip
        joined = [{"$unionWith": {"coll": table.name, "pipeline": part}} for part in parts[1:]]
        rows = table.aggregate([*parts[0], *joined], session=connection.session)
        return dict.fromkeys(statuses, 0) | {row["status"]: row["number"] for row in rows}
