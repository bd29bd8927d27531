"""Random queries have the same results on our engine and on the stock engine."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, NotSupportedError
from pymongo.errors import PyMongoError

from marketplace.mongo.compiler import SQLCompiler
from tests.mongo.random_queries import ask

QUESTIONS, PER_TEST = 300, 50


@pytest.fixture
def _databases(engines, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def answer(seed: int, alias: str) -> Any:
    try:
        return ask(seed, alias)
    except (DatabaseError, NotSupportedError, PyMongoError) as refusal:
        return type(refusal)


def differences(seeds: range) -> list[int]:
    return [seed for seed in seeds if answer(seed, "ours") != answer(seed, "stock")]


@pytest.mark.parametrize("first", range(0, QUESTIONS, PER_TEST))
def test_random_queries_have_the_same_results(_databases, first):
    assert differences(range(first, first + PER_TEST)) == []


def test_random_queries_find_rows(_databases):
    answers = [answer(seed, "ours") for seed in range(PER_TEST)]

    assert sum(isinstance(found, type) for found in answers) < PER_TEST / 10
    assert sum(bool(found) for found in answers) > PER_TEST / 2


def test_random_queries_detect_an_engine_that_limits_too_early(_databases, monkeypatch):
    monkeypatch.setattr(SQLCompiler, "_joined_aliases", lambda self: set())

    assert any(differences(range(first, first + 10)) for first in range(0, QUESTIONS, 10))
