"""OpenAPI: adds the problem documents of refusals and the security requirements to every operation."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework import permissions

from marketplace.core import rules
from marketplace.core.fields import Strict, Text
from marketplace.core.problems import problem_types

TOKEN = "accessToken"
PROBLEM = "Problem"
PROBLEM_TYPE = "application/problem+json"
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A refusal (RFC 9457) with a stable `code`.",
    "required": ["type", "title", "status", "code", "detail", "fields"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Where the code is explained."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "messages"],
                "properties": {
                    "field": {"type": "string"},
                    "messages": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
REFUSALS = {
    400: "The request cannot be read.",
    401: "Nobody is logged in, or the token is wrong.",
    403: "Not for this person or this token.",
    404: "There is no such thing for whoever asks.",
    406: "No such media type is answered.",
    409: "Not in the state that the thing is in now.",
    412: "It has changed since it was read.",
    413: "The body is too large, or has too many files.",
    415: "The body is of another media type.",
    422: "Values are refused; `fields` says which and why.",
    429: "Too many; `Retry-After` says when to come again.",
    503: "A server that this needs did not answer in time; a second try may succeed.",
}
EVERYWHERE = (400, 401, 403, 406, 422, 429, 503)
WRITING = (409, 413, 415)


RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds until the limit opens again.",
        "schema": {"type": "integer", "minimum": 1},
    }
}
IN_PATHS = {
    "id": ("^[0-9a-f]{24}$", "66f2c0a1b2c3d4e5f6a7b8c9", "An id."),
    "username": ("^[A-Za-z0-9_]+$", "alma", "A username."),
    "slug": ("^[-a-zA-Z0-9_]+$", "women-dresses", "The slug of a category."),
    "key": ("^[0-9a-f]{64}$", "ab" * 32, "The key of a photo."),
}


class ProblemSchema(AutoSchema):
    """Adds to each operation the refusals that its door can answer with, and marks what everybody may read."""

    def get_auth(self) -> list[dict[str, Any]]:
        """The ways to log in, by what the view's permissions say of themselves; {} where nobody has to."""
        asked = self.view.get_permissions()
        schemes = super().get_auth()
        if any(getattr(permission, "only_in_a_session", False) for permission in asked):
            schemes = [scheme for scheme in schemes if "cookieAuth" in scheme]
        scope = "read" if self.method in permissions.SAFE_METHODS else getattr(self.view, "write_scope", "")
        schemes = [
            {name: [scope] if name == TOKEN else roles for name, roles in scheme.items()}
            for scheme in schemes
        ]
        is_public = all(getattr(permission, "everybody_reads", False) for permission in asked)
        if is_public and self.method in permissions.SAFE_METHODS:
            schemes.append({})
        return schemes

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        codes = [*EVERYWHERE, *(WRITING if self.method not in permissions.SAFE_METHODS else ())]
        if "{" in self.path:
            codes.append(404)
        if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", ())):
            codes.append(412)
        for code in sorted(codes):
            problem = problem_answer(code)
            answer = operation["responses"].setdefault(str(code), problem)
            answer["description"] = answer["description"] or problem["description"]
            answer["content"] |= problem["content"]
        return operation

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        found = super()._resolve_path_parameters(variables)
        for parameter in found:
            pattern, example, text = IN_PATHS[parameter["name"]]
            parameter["schema"] = {"type": "string", "pattern": pattern}
            parameter |= {"description": text, "example": example}
        return found

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        if not isinstance(field, Text):  # which has said it all: "" would be doubly valid, so none of `oneOf`
            super()._insert_field_validators(field, schema)

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        schema = super()._map_basic_serializer(serializer, direction)
        return schema | ({"additionalProperties": False} if isinstance(serializer, Strict) else {})


def problem_answer(code: int) -> dict[str, Any]:
    """How the schema describes one refusal."""
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    answer = {"description": REFUSALS[code], "content": {PROBLEM_TYPE: {"schema": schema}}}
    return answer | ({"headers": RETRY_AFTER} if code == HTTPStatus.TOO_MANY_REQUESTS else {})


def add_problem(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Postprocessing hook of drf-spectacular: puts the problem document beside the other components."""
    code = {"type": "string", "enum": [problem.code for problem in problem_types()]}
    properties = PROBLEM_SCHEMA["properties"] | {"code": code}
    result["components"]["schemas"][PROBLEM] = PROBLEM_SCHEMA | {"properties": properties}
    return result


class CachedSchemaGenerator(SchemaGenerator):
    """The schema is the same for everybody and takes a second to make: once a process and language."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        key = (public, self.api_version, get_language(), rules.current_version())
        if key not in _schemas or settings.DEBUG:
            _schemas[key] = super().get_schema(request, public)
        return _schemas[key]


_schemas: dict[tuple[Any, ...], dict[str, Any]] = {}
