"""The log line of each request."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from marketplace.core.client import client_address


class RequestLogMiddleware(RequestMiddleware):
    """django-structlog's middleware, with the address that the limits count and without the query."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Binds the client's address to every line of the request."""
        structlog.contextvars.bind_contextvars(ip=client_address(request))

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path: a query can carry an address or what somebody searched for, so it is not kept."""
        return f"{request.method} {request.path}"
