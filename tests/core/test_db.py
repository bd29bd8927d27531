"""Transactions: retry on collisions, commit hooks, nesting, no state left on the thread."""

import functools
import logging
import threading
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from pymongo.errors import DuplicateKeyError

from marketplace.core import db
from marketplace.core.db import atomic, on_commit
from marketplace.core.errors import Conflict, DomainError, Unavailable
from tests.core.counting import add_one, assert_thread_is_clean, count, in_thread, real, rows


@real
def test_a_collision_runs_the_whole_service_again(_rows):
    tries, told = [], []

    @atomic
    def service() -> str:
        """Says what it did."""
        seen = count()
        tries.append(seen)
        on_commit(lambda: told.append(seen))
        if len(tries) == 1:
            in_thread(atomic(add_one))
        add_one()
        return "done"

    assert service() == "done"
    assert (service.__name__, service.__doc__) == ("service", "Says what it did.")
    assert tries == [0, 1]
    assert count() == 2
    assert told == [1]
    assert_thread_is_clean()


@real
def test_threads_on_one_document_lose_nothing(_rows):
    threads = [threading.Thread(target=atomic(add_one)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count() == 12


@real
@pytest.mark.parametrize(("attempts", "patience", "tried"), [(3, 60.0, 3), (30, 0.0, 1)])
def test_a_service_that_always_collides_ends_in_unavailable(_rows, monkeypatch, attempts, patience, tried):
    monkeypatch.setattr(db, "ATTEMPTS", attempts)
    monkeypatch.setattr(db, "MAX_SECONDS", patience)
    tries, told = [], []

    @atomic
    def service() -> None:
        tries.append(count())
        on_commit(lambda: told.append("never"))
        in_thread(atomic(add_one))
        add_one()

    with pytest.raises(Unavailable) as refusal:
        service()

    assert refusal.value.status == 503
    assert len(tries) == tried
    assert count() == tried  # the rivals' writes alone
    assert told == []
    assert_thread_is_clean()


@real
def test_a_refusal_rolls_back_and_drops_the_hooks(_rows):
    told = []

    @atomic
    def service() -> None:
        add_one()
        on_commit(lambda: told.append("never"))
        raise Conflict

    with pytest.raises(Conflict):
        service()

    assert count() == 0
    assert told == []
    assert_thread_is_clean()


@real
def test_a_service_inside_another_joins_it(_rows):
    told = []

    @atomic
    def inner() -> None:
        add_one()
        on_commit(lambda: told.append(count()))

    @atomic
    def outer(refuse: bool) -> None:
        inner()
        assert told == []
        if refuse:
            raise Conflict
        inner()

    with pytest.raises(Conflict):
        outer(True)
    assert (count(), told) == (0, [])

    outer(False)
    assert (count(), told) == (2, [2, 2])


@real
def test_a_hook_that_fails_stops_neither_the_others_nor_the_caller(_rows, caplog):
    told = []

    def fail(why: str) -> None:
        raise ValueError(why)

    @atomic
    def service() -> str:
        add_one()
        on_commit(functools.partial(fail, "no listener"))
        on_commit(lambda: told.append("second"))
        return "done"

    with caplog.at_level(logging.ERROR):
        assert service() == "done"
        on_commit(functools.partial(fail, "outside a transaction it runs at once"))

    assert told == ["second"]
    assert "no listener" in caplog.text
    assert "at once" in caplog.text


@real
def test_another_thread_is_not_part_of_the_transaction(_rows):
    seen = []

    def look() -> None:
        assert_thread_is_clean()
        seen.append(count())

    @atomic
    def service() -> None:
        add_one()
        in_thread(look)

    service()

    assert seen == [0]


@pytest.mark.django_db
async def test_a_thread_that_serves_sockets_inherits_nothing(_rows):
    @atomic
    def refused() -> None:
        add_one()
        on_commit(lambda: None)
        raise Conflict

    @atomic
    def stored() -> int:
        add_one()
        return threading.get_ident()

    with pytest.raises(DomainError):
        await sync_to_async(refused)()
    await sync_to_async(assert_thread_is_clean)()

    assert await sync_to_async(stored)() != threading.get_ident()
    assert await sync_to_async(count)() == 1


@real
def test_an_error_that_is_swallowed_inside_still_fails_the_whole(_rows, monkeypatch):
    # MongoDB has ended the transaction, and says so as it does of a collision: each try ends the same way.
    monkeypatch.setattr(db, "ATTEMPTS", 2)

    @atomic
    def service() -> None:
        add_one()
        with pytest.raises(DuplicateKeyError):
            rows().insert_one({"_id": "one"}, session=connection.session)
        add_one("two")

    with pytest.raises(Unavailable):
        service()

    assert (count("one"), count("two")) == (0, 0)


def test_only_plain_functions_are_services():
    async def later() -> None: ...

    def bit_by_bit() -> Iterator[int]:
        yield 1

    for function in (later, bit_by_bit):
        with pytest.raises(TypeError):
            atomic(function)
