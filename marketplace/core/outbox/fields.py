"""A field that holds any BSON value as it is."""

from typing import Any

from django.db import models


class BsonField(models.Field):
    """Dicts and lists with ObjectIds and times in them, which JSONField would turn into text."""

    def db_type(self, connection: Any) -> str:
        return "object"
