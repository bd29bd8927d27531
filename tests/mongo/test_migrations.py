"""A field that is added to documents which are there already."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connections, models
from pymongo.errors import PyMongoError

from tests.mongo.plans import both_engines
from tests.mongo.things import Shop, Thing


class Later(Thing):
    """What Shop becomes."""

    details = models.JSONField(default=dict)
    price_tag = models.CharField(max_length=10, default="$name")

    class Meta(Thing.Meta):
        db_table = Shop._meta.db_table


@pytest.fixture
def _old_documents(engine) -> Iterator[None]:
    yield
    table = connections[engine].database[Shop._meta.db_table]
    table.update_many({}, {"$unset": {"details": "", "price_tag": ""}})


@both_engines("a default of {} is an empty expression", raises=(DatabaseError, PyMongoError))
def test_a_new_field_may_default_to_an_empty_object(engine, _old_documents):
    with connections[engine].schema_editor() as editor:
        editor.add_field(Shop, Later._meta.get_field("details"))

    assert Later.objects.using(engine).first().details == {}


@both_engines("a default of $name is read as a field")
def test_a_new_field_may_default_to_a_text_with_a_dollar(engine, _old_documents):
    with connections[engine].schema_editor() as editor:
        editor.add_field(Shop, Later._meta.get_field("price_tag"))

    assert Later.objects.using(engine).first().price_tag == "$name"
