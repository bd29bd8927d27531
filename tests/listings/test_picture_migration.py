"""The migration that counts the uses of pictures: killed half way and run again, over more than one batch."""

import importlib
from types import SimpleNamespace

import pytest
from bson import ObjectId
from django.apps import apps
from django.db import connection

from accounts.models import User
from listings.models import Listing
from marketplace.core.pictures import Image
from tests import make
from tests.fixtures.queries import recording

pytestmark = pytest.mark.django_db
migration = importlib.import_module("listings.migrations.0005_pictures_by_use")


@pytest.fixture
def old():
    """The collection of the release before."""
    table = connection.database["listings_image"]
    yield table
    table.drop()


def carry_over():
    migration.carry_over(apps, SimpleNamespace(connection=connection))


def key(number):
    return f"{number:064x}"


def old_image(number, state="ready"):
    return {"_id": ObjectId(), "key": key(number), "state": state, "width": 3, "height": 4, "color": "#ffffff",
            "bytes": 5, "content_type": "image/jpeg", "error": ""}  # fmt: skip


def test_every_picture_is_carried_over_once_however_often_it_runs(old, monkeypatch):
    monkeypatch.setattr(migration, "BATCH", 3, raising=False)
    rows = [old_image(number) for number in range(8)] + [old_image(8, "failed")]
    old.insert_many(rows)
    shown, both = make.draft(photos=0), make.draft(photos=0)
    Listing.objects.filter(pk=shown.pk).update(photo_keys=[key(0), key(1)])
    Listing.objects.filter(pk=both.pk).update(photo_keys=[key(1)])
    User.objects.filter(pk=shown.seller_id).update(avatar=key(1))
    User.objects.filter(pk=both.seller_id).update(avatar=key(99))  # an avatar had no document of its own
    for _ in range(2):
        carry_over()
    Image.objects.filter(
        key__in=[key(0), key(1), key(7), key(99)]
    ).delete()  # as if it was killed before these

    carry_over()

    found = {image.key: image for image in Image.objects.all()}
    assert sorted(found) == [*(key(number) for number in range(9)), key(99)]
    assert {name: image.uses for name, image in found.items() if image.uses} == {
        key(0): 1,
        key(1): 3,
        key(99): 1,
    }
    assert found[key(0)].pk == rows[0]["_id"]
    assert sorted(found[key(1)].renditions) == ["avatar", "card", "detail", "thumb"]
    assert (found[key(99)].renditions, found[key(8)].renditions) == (["avatar"], [])
    assert (found[key(8)].state, found[key(0)].width, found[key(0)].is_stored) == ("failed", 3, True)


def test_it_reads_and_writes_batches_and_not_the_whole_collection(old):
    old.insert_many([old_image(number) for number in range(2 * migration.BATCH + 1)])

    with recording() as commands:
        carry_over()

    assert commands.names().count("update:core_image") == 3
    assert Image.objects.count() == 2 * migration.BATCH + 1
