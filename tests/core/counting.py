"""Helpers of the transaction tests: a counter document, work in a thread, the state of a connection."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

real = pytest.mark.django_db


def rows():
    return connection.database["planted_rows"]


def count(name: str = "one") -> int:
    found = rows().find_one({"_id": name}, session=connection.session)
    return found["n"] if found else 0


def add_one(name: str = "one") -> None:
    """Reads, then writes: a rival's write in between must not be lost."""
    seen = count(name)
    rows().update_one({"_id": name}, {"$set": {"n": seen + 1}}, upsert=True, session=connection.session)


def in_thread(work: Callable[[], object]) -> None:
    problems: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as problem:
            problems.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if problems:
        raise problems[0]


def assert_thread_is_clean() -> None:
    assert connection.session is None
    assert not connection.in_atomic_block_mongo
    assert connection.run_on_commit == []
    assert connection.nested_atomics == 0
