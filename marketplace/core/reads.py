"""The time limit (maxTimeMS) of all database reads of one request."""

from contextlib import AbstractContextManager, nullcontext

import pymongo
from pymongo.errors import ConnectionFailure, ExecutionTimeout, NetworkTimeout

from marketplace.core.errors import DatabaseAway, DomainError, TooBroad
from marketplace.core.rules import rule

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def bounded_reads(wanted: bool = True) -> AbstractContextManager[object]:
    """Ends every read of the block after `page.read_ms`: the driver sends what is left of it as maxTimeMS.

    For requests that only read. A write has its own limits (core.db), and one that is cut off may have taken place.
    """
    return pymongo.timeout(rule("page.read_ms") / 1000) if wanted else nullcontext()


def as_refusal(exc: Exception) -> Exception:
    """TooBroad for a read that was cut off, DatabaseAway when no server answered; anything else as it is."""
    if isinstance(exc, DomainError):
        return exc
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ConnectionFailure | ExecutionTimeout):
            is_slow = isinstance(cause, ExecutionTimeout | NetworkTimeout)
            refusal = TooBroad() if is_slow else DatabaseAway()
            refusal.__cause__ = exc
            return refusal
        cause = cause.__cause__
    return exc
