"""Logs: one JSON object a line in production, readable lines in development; the id of the request on each of them.

The id is bound by django-structlog's middleware, stored with each event and bound again where its reaction runs.
"""

import logging.config
import re
import uuid
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.types import Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]
# The line at the end of a request or task has all fields of the one at its start.
START_EVENTS = {"request_started", "task_started", "task_enqueued"}
# These would repeat what the lines of django-structlog have.
LEVELS = {
    "django.server": "WARNING",
    "uvicorn.access": "WARNING",
    "kombu": "WARNING",
    "celery.app.trace": "WARNING",
}


def drop_start_events(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Processor: drops django-structlog's lines for the start of requests and tasks."""
    if line["event"] in START_EVENTS:
        raise structlog.DropEvent
    return line


def mask_paths(prefixes: Sequence[str]) -> Processor:
    """Processor: hides what follows these prefixes of a path, a key that is good for something, and every query."""
    pattern = re.compile(f"({'|'.join(map(re.escape, prefixes))})[^/\\s'\"]+")
    query = re.compile(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)( '?/[^?\s']*)\?[^\s']*")

    def mask(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for key in ("event", "request"):
            if key in line:
                line[key] = query.sub(r"\1\2", pattern.sub(r"\1***", str(line[key])))
        return line

    return mask


def configure(options: dict[str, Any]) -> None:
    """settings.LOGGING_CONFIG: sets up structlog and the standard library alike, to standard output."""
    secret = options.get("secret_paths", ())
    shared = [*SHARED, *([mask_paths(secret)] if secret else [])]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            drop_start_events,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    render: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if options.get("json", True):
        render += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=str)]
    else:
        render += [structlog.dev.ConsoleRenderer()]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": render,
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {
                "out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}
            },
            "root": {"handlers": ["out"], "level": options.get("level", "INFO")},
            "loggers": {name: {"level": level} for name, level in LEVELS.items()},
        }
    )


def request_id() -> str:
    """The id of the request (or socket, or event) that this code runs for; "" when there is none."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def bind_request_id(value: str = "") -> str:
    """Binds an id to whatever this thread or coroutine logs and publishes from now on (a new one by default)."""
    value = value or str(uuid.uuid4())
    structlog.contextvars.bind_contextvars(request_id=value)
    return value


@contextmanager
def bound_request_ids(ids: Sequence[str], **context: Any) -> Iterator[None]:
    """Binds the ids of the requests that a batch goes back to: one as request_id, several as request_ids."""
    distinct = sorted({value for value in ids if value})
    if len(distinct) == 1:
        context["request_id"] = distinct[0]
    elif distinct:
        context["request_ids"] = distinct
    with structlog.contextvars.bound_contextvars(**context):
        yield
