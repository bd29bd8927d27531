"""Shared parts of the API: JSON parser, problem documents, id field, keyset pagination, throttle."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from bson import ObjectId
from bson.errors import InvalidId
from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.pagination import BasePagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.utils.urls import replace_query_param

from marketplace.core import ratelimit
from marketplace.core.client import client_network
from marketplace.core.errors import DomainError, Invalid
from marketplace.core.json_input import parse_json
from marketplace.core.keyset import Page, page_of
from marketplace.core.reads import as_refusal
from marketplace.core.rules import rule

API_PREFIX = "/api/"
CURSOR, CURSOR_MAX = re.compile("[A-Za-z0-9_-]*"), 2000


class JSONParser(BaseParser):
    """Strict JSON (core.json_input); 400 for invalid, too deeply nested and not encodable texts."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        # HttpRequest.body keeps to DATA_UPLOAD_MAX_MEMORY_SIZE, its read() does not.
        body = stream.body if isinstance(stream, HttpRequest) else stream.read()
        try:
            return parse_json(body.decode())
        except ValueError as problem:  # of the encoding too
            raise exceptions.ParseError(_("This is no JSON that can be read: %s.") % problem) from problem


class ProblemRenderer(JSONRenderer):
    """RFC 9457."""

    media_type = "application/problem+json"
    format = "problem"


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal as a problem document with a stable `code` and a list of fields."""
    refusal = _as_refusal(exc)
    if refusal is None:
        return None
    status, code, detail, fields, headers = refusal
    body = _problem(status, code, detail, fields)
    response = Response(body, status=status, headers=headers, content_type=ProblemRenderer.media_type)
    request = context.get("request")
    if request is not None:
        request.accepted_renderer, request.accepted_media_type = ProblemRenderer(), ProblemRenderer.media_type
    return response


def is_api(request: HttpRequest) -> bool:
    """Whether the path is under /api/, where every error is a problem document."""
    return request.path_info.startswith(API_PREFIX)


def problem_document(exc: Exception | None, *, status: int = 500, code: str = "error") -> HttpResponse:
    """A problem document for what never reaches a view of the API: unknown paths, bodies too large, our own errors."""
    refusal = _as_refusal(exc) if exc is not None else None
    status, code, detail, fields, headers = refusal or (status, code, HTTPStatus(status).phrase, [], {})
    return JsonResponse(
        _problem(status, code, detail, fields), status=status, headers=headers,
        content_type=ProblemRenderer.media_type,
    )  # fmt: skip


def _problem(status: int, code: str, detail: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": f"{API_PREFIX}v1/problems/#{code}", "title": HTTPStatus(status).phrase, "status": status, "code": code,
        "detail": detail, "fields": fields,
    }  # fmt: skip


def _as_refusal(exc: Exception) -> tuple[int, str, str, list[dict[str, Any]], dict[str, str]] | None:
    headers: dict[str, str] = {}
    exc = as_refusal(exc)
    if isinstance(exc, DomainError):
        if "retry_after" in exc.extra:
            headers["Retry-After"] = str(exc.extra["retry_after"])
        fields = [{"field": name, "messages": texts} for name, texts in exc.fields.items()]
        return exc.status, exc.code, str(exc.message), fields, headers
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if isinstance(exc, RequestDataTooBig):
        text = str(_("The body of a request has at most %d bytes.")) % settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", text, [], headers
    if isinstance(exc, TooManyFilesSent):
        text = str(_("A request has at most %d files.")) % settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_many_files", text, [], headers
    if isinstance(exc, SuspiciousOperation | BadRequest):
        exc = exceptions.ParseError()
    if not isinstance(exc, exceptions.APIException):
        return None
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if isinstance(exc, exceptions.ValidationError):
        fields = [{"field": name, "messages": texts} for name, texts in _flat(exc.detail)]
        return HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", str(Invalid.message), fields, headers
    code = exc.get_codes() if isinstance(exc.get_codes(), str) else exc.default_code
    return exc.status_code, str(code), str(exc.detail), [], headers


def _flat(detail: Any, path: str = "") -> list[tuple[str, list[str]]]:
    if isinstance(detail, dict):
        return [row for name, inner in detail.items() for row in _flat(inner, f"{path}.{name}".lstrip("."))]
    if isinstance(detail, list) and any(isinstance(inner, dict) for inner in detail):
        return [row for n, inner in enumerate(detail) for row in _flat(inner, f"{path}.{n}")]
    return [(path or "non_field_errors", [str(text) for text in detail])]


@extend_schema_field(
    {"type": "string", "pattern": "^[0-9a-f]{24}$", "examples": ["66f2c0a1b2c3d4e5f6a7b8c9"]}
)
class ObjectIdField(serializers.Field):
    """An id as 24 hexadecimal digits."""

    default_error_messages = {"invalid": _("An id has 24 hexadecimal digits.")}

    def to_internal_value(self, data: Any) -> ObjectId:
        try:
            return ObjectId(data)
        except (InvalidId, TypeError):
            self.fail("invalid")
            raise  # not reached: fail() raises

    def to_representation(self, value: Any) -> str:
        return str(value)


class KeysetPagination(BasePagination):
    """`?cursor=…`: what comes after the last row seen. A view names its `order`, which has an index."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        order: Sequence[str] = view.order
        cursor = request.query_params.get("cursor", "")
        if len(cursor) > CURSOR_MAX or not CURSOR.fullmatch(cursor):
            raise Invalid(fields={"cursor": [_("This is no cursor. Follow `next` as it is.")]})
        page: Page[Any] = page_of(queryset, order=order, after=cursor, size=rule("search.page_size"))
        self.next_cursor = page.next_cursor
        return page.items

    def get_paginated_response(self, data: Any) -> Response:
        here = self.request.build_absolute_uri()
        following = replace_query_param(here, "cursor", self.next_cursor) if self.next_cursor else None
        return Response({"next": following, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        uri = {"type": ["string", "null"], "format": "uri", "description": "The next page; null at the end."}
        return {
            "type": "object", "required": ["next", "results"], "properties": {"next": uri, "results": schema},
        }  # fmt: skip

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        text = "Where to go on: follow `next` instead of building it."
        return [{"name": "cursor", "in": "query", "required": False, "description": text,
                 "schema": {"type": "string", "pattern": f"^{CURSOR.pattern}$", "maxLength": CURSOR_MAX},
                 "example": "WzI1MDAsIHsibyI6ICI2NmYyYzBhMWIyYzNkNGU1ZjZhN2I4YzkifV0"}]  # fmt: skip


class ClientThrottle(BaseThrottle):
    """Rate limit `limit.api.*` by user, or by address for anonymous requests."""

    def allow_request(self, request: Request, view: Any) -> bool:
        is_known = request.user and request.user.is_authenticated
        who = request.user.pk if is_known else client_network(request._request)
        ratelimit.spend("api", who)  # TooMany goes through the exception handler with its Retry-After
        return True
