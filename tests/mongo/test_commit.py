"""A commit that MongoDB refuses, and a commit whose answer is lost."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connections
from django_mongodb_backend.transaction import atomic
from pymongo.errors import PyMongoError

from tests.mongo.failpoint import LOST_ANSWER, failing
from tests.mongo.plans import both_engines
from tests.mongo.things import Shop


@pytest.fixture
def _clean_thread(engine) -> Iterator[None]:
    yield
    connection = connections[engine]
    if connection.session:
        connection._end_session()
    connection.run_on_commit = []
    Shop.objects.using(engine).filter(city="Limbo").delete()


def open_shop(engine: str, name: str) -> None:
    Shop.objects.using(engine).create(name=name, city="Limbo")


@both_engines("a failed commit raises what no caller of Django expects", raises=PyMongoError)
def test_a_failed_commit_is_a_database_error(engine, _clean_thread):
    with failing(engine, "commitTransaction", errorCode=1), pytest.raises(DatabaseError), atomic(engine):
        open_shop(engine, "never")


@both_engines("a failed commit leaves its session and its hooks on the thread")
def test_a_failed_commit_leaves_the_thread_clean(engine, _clean_thread):
    ran = []

    with (
        failing(engine, "commitTransaction", errorCode=1),
        pytest.raises((DatabaseError, PyMongoError)),
        atomic(engine),
    ):
        open_shop(engine, "never")
        connections[engine].on_commit(lambda: ran.append("never"))

    assert connections[engine].session is None
    with atomic(engine):
        open_shop(engine, "next")
        connections[engine].on_commit(lambda: ran.append("next"))
    assert ran == ["next"]
    assert set(Shop.objects.using(engine).filter(city="Limbo").values_list("name", flat=True)) == {"next"}


@both_engines("a commit whose answer is lost is given up after two tries", raises=PyMongoError)
def test_a_commit_whose_answer_is_lost_is_asked_for_again(engine, _clean_thread):
    with failing(engine, "commitTransaction", times=5, **LOST_ANSWER), atomic(engine):
        open_shop(engine, "once")

    assert Shop.objects.using(engine).filter(name="once").count() == 1
