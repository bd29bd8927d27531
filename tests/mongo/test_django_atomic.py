"""Blocks of Django's own atomic(), which its admin opens around a form, beside MongoDB's transactions."""

import pytest
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError
from django_mongodb_backend.transaction import atomic

from tests.mongo.plans import both_engines
from tests.mongo.things import Shop


@pytest.fixture
def _no_shops(engine):
    yield
    connections[engine].run_on_commit = []
    Shop.objects.using(engine).filter(city="Limbo").delete()


@both_engines("hooks are refused inside a block of Django's", raises=TransactionManagementError)
def test_a_transaction_inside_a_block_of_djangos_runs_its_hooks(engine, _no_shops):
    ran = []

    with transaction.atomic(engine), atomic(engine):
        Shop.objects.using(engine).create(name="first", city="Limbo")
        connections[engine].on_commit(lambda: ran.append("first"))

    assert ran == ["first"]


@both_engines("a block of Django's that fails drops the hooks of the transaction around it")
def test_a_block_of_djangos_inside_a_transaction_leaves_its_hooks(engine, _no_shops):
    ran = []

    with atomic(engine):
        connections[engine].on_commit(lambda: ran.append("outer"))
        with pytest.raises(ZeroDivisionError), transaction.atomic(engine):
            raise ZeroDivisionError
        assert ran == []

    assert ran == ["outer"]
