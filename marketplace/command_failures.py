"""What goes wrong around a management command, in one sentence that says what to do."""

import errno

import redis.exceptions
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError
from pymongo.errors import ConnectionFailure, PyMongoError

START = "start it (`make run` does, on one's own machine) and run the same command again"


def sentence(failure: BaseException) -> str:
    """The sentence for the person at the terminal; empty when the traceback is what helps."""
    for cause in _causes(failure):
        if isinstance(cause, ImproperlyConfigured) and str(cause).startswith("Set "):
            return f"{cause} On one's own machine, `make run` once: commands then find what it started."
        if isinstance(cause, ConnectionFailure):
            return f"MongoDB does not answer: {START}."
        if isinstance(cause, redis.exceptions.ConnectionError | redis.exceptions.TimeoutError):
            return f"Valkey does not answer: {START}."
        if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"The disk is full ({cause.filename or 'no file named'}): make room and run the command again."
        if isinstance(cause, DatabaseError | PyMongoError) and "no space left" in str(cause).lower():
            return "MongoDB's disk is full: make room and run the same command again."
    return ""


def _causes(failure: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while failure is not None and failure not in found:
        found.append(failure)
        failure = failure.__cause__ or failure.__context__
    return found
