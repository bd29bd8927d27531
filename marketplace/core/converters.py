"""URL converters."""

from bson import ObjectId


class ObjectIdConverter:
    """`<oid:pk>`: an ObjectId as 24 hexadecimal digits; other paths do not match."""

    regex = "[0-9a-f]{24}"

    def to_python(self, value: str) -> ObjectId:
        return ObjectId(value)

    def to_url(self, value: ObjectId | str) -> str:
        return str(value)
