"""Transactions: MongoDB's own, retried as a whole on a TransientTransactionError (a write conflict).

What MongoDB has not, so what a service must not rely on (docs/adr/0002):
- Savepoints: a service called inside another joins its transaction, and what fails inside fails the whole. An
  IntegrityError aborts the transaction on the server, so it is never caught inside one: look first, let it fly, or do
  the deciding write before the transaction.
- Locks on read: `select_for_update` does nothing. One conditional write decides who wins.

A transaction belongs to the connection, a connection to its thread, and every way out of `atomic` ends the session.
So threads that serve sockets (`database_sync_to_async`) inherit nothing, and work handed to another thread from inside
a transaction is not part of it.
"""

import functools
import inspect
import logging
import random
import time
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connection
from django_mongodb_backend.transaction import atomic as one_attempt
from pymongo.errors import PyMongoError, ServerSelectionTimeoutError

from marketplace.core.errors import Unavailable

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
# The most contended document measured needed 18 attempts. Attempts or seconds, whichever are over first, end it.
ATTEMPTS, MAX_SECONDS = 30, 5.0
BACKOFF_SECONDS, MAX_BACKOFF_SECONDS = 0.004, 0.2  # doubled for each attempt, with full jitter
COLLISION, UNKNOWN_COMMIT = "TransientTransactionError", "UnknownTransactionCommitResult"


def atomic(service: Callable[P, R]) -> Callable[P, R]:
    """Makes a service one transaction. It must be safe to call again: a collision rolls back and re-runs all of it.

    A service called inside another joins its transaction. After 30 collisions or 5 s it ends in Unavailable (503).
    """
    if inspect.iscoroutinefunction(service) or inspect.isgeneratorfunction(service):
        raise TypeError(f"{service.__qualname__} would run after its transaction: make it a plain function.")

    @functools.wraps(service)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block_mongo:
            return service(*args, **kwargs)
        deadline = time.monotonic() + MAX_SECONDS
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with one_attempt():
                    return service(*args, **kwargs)
            except (DatabaseError, PyMongoError) as failure:
                if not is_retryable(failure):
                    raise Unavailable from failure
                if not is_transient(failure):
                    raise
                log.debug("transaction collided", extra={"service": service.__qualname__, "attempt": attempt})
                if attempt == ATTEMPTS or time.monotonic() > deadline:
                    raise Unavailable from failure
            time.sleep(random.uniform(0, min(MAX_BACKOFF_SECONDS, BACKOFF_SECONDS * 2**attempt)))
        raise AssertionError("the last attempt returns or raises")

    return inner


def is_transient(failure: BaseException) -> bool:
    """Whether MongoDB says that the same transaction may succeed when it is tried again."""
    return has_error_label(failure, COLLISION)


def single_write(service: Callable[P, R]) -> Callable[P, R]:
    """Marks a service that stores one document by one write, and needs no transaction for it.

    It ends in Unavailable (503) when no server answers. It may catch IntegrityError, so it is not called inside
    another service's transaction, which that would abort.
    """

    @functools.wraps(service)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block_mongo:
            raise RuntimeError(f"{service.__qualname__} was called inside a transaction")
        try:
            return service(*args, **kwargs)
        except (DatabaseError, PyMongoError) as failure:
            if is_retryable(failure):
                raise
            raise Unavailable from failure

    return inner


def try_once(work: Callable[[], R]) -> R | None:
    """Runs `work` as one transaction, once; None when it collides, also with a lock that a killed process left.

    Inside another transaction it joins that one, and a collision fails the whole as usual.
    """
    if connection.in_atomic_block_mongo:
        return work()
    try:
        with one_attempt():
            return work()
    except (DatabaseError, PyMongoError) as failure:
        if not is_transient(failure):
            raise
        return None


def on_commit(hook: Callable[[], object]) -> None:
    """Runs `hook` after the outermost commit, at once outside a transaction; dropped when it rolls back.

    What a hook raises is logged and reaches nobody: the data is stored by then.
    """

    @functools.wraps(hook)  # Django's log line wants a __qualname__, which a partial has not
    def named() -> object:
        return hook()

    connection.on_commit(named, robust=True)


def is_retryable(failure: BaseException) -> bool:
    """Whether running the service again may help at all and cannot do its work twice."""
    # The driver has waited for a server for seconds; or the engine has asked for seconds whether that commit took
    # place, and running the service again could do it twice.
    is_away = any(isinstance(cause, ServerSelectionTimeoutError) for cause in _causes(failure))
    return not is_away and not has_error_label(failure, UNKNOWN_COMMIT)


def has_error_label(failure: BaseException, label: str) -> bool:
    """Whether MongoDB put this label on the failure or on one of its causes."""
    return any(isinstance(cause, PyMongoError) and cause.has_error_label(label) for cause in _causes(failure))


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        failure = failure.__cause__
