"""What is read without the ORM is what the ORM reads."""

import pytest

from accounts.models import User
from listings.models import Listing
from marketplace.mongo.rows import find_one
from social.models import Comment
from tests import make

pytestmark = pytest.mark.django_db


def fields(instance):
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def embedded(values):
    return [fields(value) for value in values]


def test_an_instance_is_the_same_by_both_ways():
    listing = make.listing(photos=2, flaws=[{"kind": "stain", "place": "", "note": "small", "photo_no": 1}])
    make.comment(listing, body="Hello @nobody")

    for model in (User, Listing, Comment):
        for wanted in model.objects.all():
            found = find_one(model, {"_id": wanted.pk})
            theirs, ours = fields(wanted), fields(found)
            for name in ("photos", "flaws"):
                if name in theirs:
                    assert embedded(ours.pop(name)) == embedded(theirs.pop(name))
            assert ours == theirs
            assert not found._state.adding


def test_a_lookup_without_a_match_is_none():
    assert find_one(User, {"username": "nobody"}) is None
