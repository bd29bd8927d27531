"""URL converters."""

from bson import ObjectId


class ObjectIdConverter:
    """`<oid:pk>`: 24 hexadecimal digits; anything else is no such address."""

    regex = "[0-9a-f]{24}"

    def to_python(self, value: str) -> ObjectId:
        return ObjectId(value)

    def to_url(self, value: ObjectId | str) -> str:
        return str(value)
