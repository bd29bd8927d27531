"""OpenAPI: adds the problem documents of refusals and the security requirements to every operation."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import permissions

PROBLEM = "Problem"
PROBLEM_TYPE = "application/problem+json"
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "A refusal (RFC 9457) with a stable `code`.",
    "required": ["type", "title", "status", "code", "detail", "fields"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
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
}
EVERYWHERE = (400, 401, 403, 406, 422, 429)
WRITING = (409, 413, 415)


class ProblemSchema(AutoSchema):
    """Adds to each operation the refusals that its door can answer with, and marks what everybody may read."""

    def get_auth(self) -> list[dict[str, Any]]:
        """The ways to log in, by what the view's permissions say of themselves; {} where nobody has to."""
        asked = self.view.get_permissions()
        schemes = super().get_auth()
        if any(getattr(permission, "only_in_a_session", False) for permission in asked):
            schemes = [scheme for scheme in schemes if "cookieAuth" in scheme]
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
            operation["responses"].setdefault(str(code), problem_answer(code))
        return operation


def problem_answer(code: int) -> dict[str, Any]:
    """How the schema describes one refusal."""
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    return {"description": REFUSALS[code], "content": {PROBLEM_TYPE: {"schema": schema}}}


def add_problem(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Postprocessing hook of drf-spectacular: puts the problem document beside the other components."""
    result["components"]["schemas"][PROBLEM] = PROBLEM_SCHEMA
    return result
