"""Fields of what API clients send: strict about JSON types, and their bounds in the schema.

The bounds are only stated here; the services enforce them by the same rule book, for every door.
"""

from collections.abc import Collection
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from marketplace.core.rules import rule

ROWS_MAX = 200  # of any list in a body; the rule book's limits are lower
UNKNOWN_SHOWN, NAME_SHOWN = 20, 60  # unknown fields that a refusal names, and characters of each
NO_NUL, NO_BLANK = "^[^\\u0000]*$", "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$"


class Strict(serializers.Serializer):
    """Refuses fields that it does not know by their names, so that a misspelt name is not ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            # Before anything is looked at one by one: a small body may have a million of either.
            wrong = {name: [_("There is no such field.")] for name in self._unknown(data)}
            wrong |= {
                name: [_("At most %(n)d.") % {"n": ROWS_MAX}]
                for name, value in data.items()
                if isinstance(value, list) and len(value) > ROWS_MAX and name in self.fields
            }
            if wrong:
                raise serializers.ValidationError(wrong)
        return super().to_internal_value(data)

    def _unknown(self, data: dict[str, Any]) -> list[str]:
        return [
            name[:NAME_SHOWN]
            for name in islice((key for key in data if key not in self.fields), UNKNOWN_SHOWN)
        ]


class Text(serializers.CharField):
    """A string; a number or true is none. `longest` names a rule, `choices` are the only values besides "".

    `is_said` leaves the refusal of a blank text, which has a code of its own, to the service.
    """

    default_error_messages = {"invalid": _("Not a string.")}

    def __init__(
        self, *, longest: str = "", choices: Collection[str] = (), is_said: bool = False, **kwargs: Any
    ) -> None:
        self.longest, self.choices, self.is_said = longest, choices, is_said
        super().__init__(**kwargs, **({"allow_blank": True} if is_said else {}))

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number; a string of digits is none. `least` is a number or names a rule, `most` names a rule."""

    def __init__(self, *, least: int | str = 0, most: str = "", **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float) or data % 1:
            self.fail("invalid")
        return int(data)


class Rows(serializers.ListField):
    """A list of values; `most` names a rule."""

    def __init__(self, *, most: str = "", **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)


class BoundsOfText(OpenApiSerializerFieldExtension):
    """Length, characters and choices of a Text in the schema."""

    target_class = Text

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        if self.target.choices:
            return {
                "type": "string",
                "enum": [*self.target.choices, *([""] if self.target.allow_blank else [])],
            }
        schema = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        may_be_blank = self.target.allow_blank and not self.target.is_said
        schema["pattern"] = NO_NUL if may_be_blank else NO_BLANK
        return schema | ({"maxLength": rule(self.target.longest)} if self.target.longest else {})


class BoundsOfWhole(OpenApiSerializerFieldExtension):
    """The bounds of a Whole in the schema."""

    target_class = Whole

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        least = self.target.least
        bounds = {"minimum": rule(least) if isinstance(least, str) else least}
        return (
            {"type": "integer"} | bounds | ({"maximum": rule(self.target.most)} if self.target.most else {})
        )


class BoundsOfRows(OpenApiSerializerFieldExtension):
    """How many values a list takes, in the schema."""

    target_class = Rows

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        schema = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        least = {} if self.target.allow_empty else {"minItems": 1}
        return schema | least | ({"maxItems": rule(self.target.most)} if self.target.most else {})
