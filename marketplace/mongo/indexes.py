"""Unique indexes that the planner can use."""

import datetime
from typing import Any

from bson import ObjectId
from django.db.models import Field, Index

LONG, INT = (-(2**63), 2**63 - 1), (-(2**31), 2**31 - 1)


class UniqueIndex(Index):
    """What stands behind unique=True and UniqueConstraint.

    Fault (INTPYTHON-855, mended upstream in 6.0.4): the stock engine makes every unique index partial on `$type`, and
    the planner uses a partial index only when the query implies its filter, which no query does: every
    `get(username=...)` reads the whole collection. Here a field that cannot be null needs no filter, and one that can
    gets a range that any value implies. Delete with the move to 6.0.4.
    """

    def get_pymongo_index_model(
        self, model: Any, schema_editor: Any, field: Any = None, unique: bool = False, column_prefix: str = ""
    ) -> Any:
        found = super().get_pymongo_index_model(
            model, schema_editor, field=field, unique=unique, column_prefix=column_prefix
        )
        if found is None:
            return None
        wanted = dict(self._get_condition_mql(model, schema_editor)) if self.condition else {}
        fields = [field] if field else [model._meta.get_field(name) for name, _order in self.fields_orders]
        for one in fields:
            if one.null:
                column = column_prefix + one.column
                wanted[column] = {**wanted.get(column, {}), **any_value(one, schema_editor.connection)}
        found.document.pop("partialFilterExpression", None)
        if wanted:
            found.document["partialFilterExpression"] = wanted
        return found


def any_value(field: Field, connection: Any) -> dict[str, Any]:
    """A condition that every value of this field meets, null does not, and a query for one value implies."""
    kind = field.db_type(connection)
    ranges: dict[str, dict[str, Any]] = {
        "string": {"$gte": ""},
        "objectId": {"$gte": ObjectId("0" * 24), "$lte": ObjectId("f" * 24)},
        "long": {"$gte": LONG[0], "$lte": LONG[1]},
        "int": {"$gte": INT[0], "$lte": INT[1]},
        "date": {"$gte": datetime.datetime.min, "$lte": datetime.datetime.max},
        "bool": {"$in": [True, False]},
    }
    return ranges.get(kind, {"$type": kind})
