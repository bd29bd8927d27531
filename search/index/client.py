"""Calls to Elasticsearch, whose failures to answer become EngineAway."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import connections

from search.errors import EngineAway

WRITE_SECONDS: Final = 30  # for writes and rebuilds, which no page waits for
AWAY: Final = frozenset(
    {
        HTTPStatus.NOT_FOUND,  # the alias or the index is not there (yet)
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


def is_configured() -> bool:
    """Whether this installation has an Elasticsearch at all."""
    return bool(settings.ELASTICSEARCH_URL)


def page_client() -> Elasticsearch:
    """For what a page waits for."""
    return connections.get_connection()


def write_client() -> Elasticsearch:
    """For work that nobody waits for."""
    return connections.get_connection().options(request_timeout=WRITE_SECONDS)


@contextmanager
def answering() -> Iterator[None]:
    """Raises EngineAway for a call inside that gets no answer, or one that says "not now"."""
    try:
        yield
    except TransportError as failure:
        raise EngineAway(f"{type(failure).__name__}: {failure.message}") from failure
    except ApiError as failure:
        if failure.status_code in AWAY:
            raise EngineAway(reason_of(failure)) from failure
        raise


def reason_of(failure: ApiError) -> str:
    """Status and kind of error, without the text of the search."""
    body: Any = failure.body if isinstance(failure.body, dict) else {}
    error = body.get("error")
    kind = error.get("type") if isinstance(error, dict) else error
    return f"{failure.status_code} {kind or failure.message}"
