"""The only transactions in the project: MongoDB's own, run again as a whole when two of them collide."""

import functools
import logging
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connection
from django_mongodb_backend.transaction import atomic as one_attempt
from pymongo.errors import PyMongoError

from marketplace.core.errors import Unavailable

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
ATTEMPTS, PAUSE, LONGEST_PAUSE = 30, 0.004, 0.2  # seconds; the hottest document measured needed 18 attempts
RETRIED = ("TransientTransactionError", "UnknownTransactionCommitResult")


def atomic(service: Callable[P, R]) -> Callable[P, R]:
    """Makes a service one transaction. It must be safe to call again: a collision rolls back and re-runs all of it.

    A service called inside another joins its transaction. After many collisions it ends in Unavailable (503).
    """

    @functools.wraps(service)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block_mongo:
            return service(*args, **kwargs)
        for attempt in range(ATTEMPTS):
            try:
                with one_attempt():
                    return service(*args, **kwargs)
            except (DatabaseError, PyMongoError) as exc:
                if not is_transient(exc):
                    raise
                log.debug("transaction collided", extra={"service": service.__qualname__, "attempt": attempt})
            time.sleep(random.uniform(0, min(LONGEST_PAUSE, PAUSE * 2**attempt)))  # noqa: S311
        raise Unavailable

    return inner


def is_transient(exc: BaseException | None) -> bool:
    """Whether MongoDB says that the same transaction may succeed when it is tried again."""
    while exc is not None:
        if isinstance(exc, PyMongoError) and any(exc.has_error_label(label) for label in RETRIED):
            return True
        exc = exc.__cause__
    return False


def on_commit(hook: Callable[[], object]) -> None:
    """Runs `hook` after the outermost commit, at once outside a transaction; dropped when it rolls back.

    What a hook raises is logged and reaches nobody: the data is stored by then.
    """
    connection.on_commit(hook, robust=True)
