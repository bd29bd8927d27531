"""Two databases with the same documents: one with our engine, one with the stock engine."""

import datetime
import random
from collections.abc import Iterator

import pytest
from django.db import connections

from tests.mongo.things import MODELS, Item, Note, Shop

ENGINES = {"ours": "marketplace.mongo", "stock": "django_mongodb_backend"}
ITEMS, NOON = 600, datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="package")
def engines(django_db_setup, django_db_blocker) -> Iterator[dict[str, str]]:
    default = connections.settings["default"]
    with django_db_blocker.unblock():
        for alias, engine in ENGINES.items():
            connections.settings[alias] = {**default, "ENGINE": engine, "NAME": f"{default['NAME']}_{alias}"}
            connections[alias].ensure_connection()
            connections[alias].connection.drop_database(connections[alias].settings_dict["NAME"])
            with connections[alias].schema_editor() as editor:
                for model in MODELS:
                    editor.create_model(model)
        _fill()
    yield ENGINES
    with django_db_blocker.unblock():
        for alias in ENGINES:
            connections[alias].connection.drop_database(connections[alias].settings_dict["NAME"])
            connections[alias].close_pool()
            del connections[alias], connections.settings[alias]


@pytest.fixture
def engine(request, engines, django_db_blocker) -> Iterator[str]:
    """The alias of the database of one engine; see `marks.both_engines`."""
    with django_db_blocker.unblock():
        yield request.param


def _fill() -> None:
    luck = random.Random(7)
    shops = [Shop(name=f"shop {i}", city=luck.choice(["Rome", "Oslo", None])) for i in range(12)]
    items = [_item(i, shops, luck) for i in range(ITEMS)]
    notes = [Note(item=luck.choice(items), stars=luck.randrange(6)) for _ in range(200)]
    for alias in ENGINES:
        for rows in (shops, items, notes):
            type(rows[0]).objects.using(alias).bulk_create(rows)
        # Documents that were written before a field existed lack it.
        raw = connections[alias].database[Item._meta.db_table]
        raw.update_many({"price": {"$mod": [7, 0]}}, {"$unset": {"price": ""}})


def _item(i: int, shops: list[Shop], luck: random.Random) -> Item:
    return Item(
        shop=luck.choice(shops),
        second_shop=luck.choice([*shops[:3], None]),
        slug=f"thing-{i}",
        number=i if i % 2 else None,
        code=f"c{i}" if i % 3 else None,
        sku=f"k{i}" if i % 5 else "",
        status=luck.choices(["open", "held", "gone"], [8, 1, 1])[0],
        tags=luck.sample(["red", "wool", "new", "silk", "long"], luck.randrange(4)),
        price=None if luck.random() < 0.15 else luck.randrange(40),
        at=None if luck.random() < 0.1 else NOON + datetime.timedelta(minutes=luck.randrange(300)),
        is_open=luck.random() < 0.7,
    )
