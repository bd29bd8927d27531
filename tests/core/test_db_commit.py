"""Commits that fail, collide or stay unknown, and a server that is away, by MongoDB's failpoints."""

import pytest
from django.db import DatabaseError, connection, connections

from marketplace.core.db import atomic, on_commit
from marketplace.core.errors import Unavailable
from marketplace.mongo import base
from tests.core.counting import add_one, assert_thread_is_clean, count, in_thread, real
from tests.mongo.failpoint import COLLIDES, LOST_ANSWER, failing

BRIEFLY = {"serverSelectionTimeoutMS": 50}


@real
def test_a_collision_at_the_commit_runs_the_service_again(_rows):
    tries = []

    @atomic
    def service() -> None:
        tries.append(count())
        add_one()

    with failing("default", "commitTransaction", **COLLIDES):
        service()

    assert tries == [0, 0]
    assert count() == 1


@real
def test_a_commit_that_fails_leaves_the_thread_clean(_rows):
    told = []

    @atomic
    def service(name: str) -> None:
        add_one(name)
        on_commit(lambda: told.append(name))

    with failing("default", "commitTransaction", errorCode=1), pytest.raises(DatabaseError):
        service("first")
    assert_thread_is_clean()

    service("second")
    assert told == ["second"]
    assert (count("first"), count("second")) == (0, 1)


@real
def test_a_commit_whose_answer_is_lost_is_done_once(_rows):
    tries = []

    @atomic
    def service() -> None:
        tries.append(count())
        add_one()

    with failing("default", "commitTransaction", times=5, **LOST_ANSWER):
        service()

    assert tries == [0]
    assert count() == 1


@real
def test_a_commit_that_stays_unknown_is_not_run_again(_rows, monkeypatch):
    monkeypatch.setattr(base, "COMMIT_TIMEOUT", 0.0)
    tries = []

    @atomic
    def service() -> None:
        tries.append(count())
        add_one()

    with failing("default", "commitTransaction", times=50, **LOST_ANSWER), pytest.raises(Unavailable):
        service()

    assert tries == [0]
    assert_thread_is_clean()


@real
def test_a_lost_connection_to_the_server_runs_the_service_again(_rows):
    tries = []

    @atomic
    def service() -> None:
        tries.append(1)
        add_one()

    with failing("default", "update", closeConnection=True):
        service()

    assert len(tries) == 2
    assert count() == 1


@real
def test_a_server_that_is_away_ends_in_unavailable(_rows):
    settings = {**connection.settings_dict, "HOST": "mongodb://127.0.0.1:1", "OPTIONS": BRIEFLY}
    away = base.DatabaseWrapper(settings, alias="away")
    tries = []

    @atomic
    def service() -> None:
        tries.append(1)
        add_one()

    def ask() -> None:
        connections["default"] = away  # of this thread alone
        with pytest.raises(Unavailable):
            service()
        assert_thread_is_clean()
        away.close_pool()

    in_thread(ask)

    assert len(tries) < 2
