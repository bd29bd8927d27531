"""Collections and indexes."""

from typing import Any

from django.db.models import Field, Index
from django_mongodb_backend.schema import DatabaseSchemaEditor as StockSchemaEditor

from .indexes import UniqueIndex


class DatabaseSchemaEditor(StockSchemaEditor):
    """Makes unique indexes that the planner can use (indexes.py), and adds fields whose default is an empty object."""

    def add_index(self, model: Any, index: Index, *, unique: bool = False, **kwargs: Any) -> None:
        """Add an index; a unique one in the form that queries can use."""
        if unique:
            index = UniqueIndex(fields=index.fields, name=index.name, condition=index.condition)
        super().add_index(model, index, unique=unique, **kwargs)

    # Fault: the stock engine sends a new field's default as an expression, so `{}` is refused ("Invalid $set :: empty
    # object") and a default of "$x" is read as the field x. Seen in 5.2.4. Delete when upstream says $literal.
    def effective_default(self, field: Field) -> Any:
        """The default as a literal: both callers put it into an update pipeline."""
        return {"$literal": super().effective_default(field)}
