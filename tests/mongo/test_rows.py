"""mongo.rows reads the same instances and documents as the ORM."""

import pytest

from accounts.models import User
from listings.models import Listing
from marketplace.mongo.rows import find_one, find_one_with
from social.models import Comment
from tests import make
from tests.fixtures.queries import recording

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


def test_what_a_foreign_key_leads_to_comes_along_in_one_query():
    comment = make.comment(make.listing())

    with recording() as commands:
        found = find_one_with(Comment, {"_id": comment.pk}, "author")

    assert fields(found) == fields(Comment.objects.get(pk=comment.pk))
    assert fields(found.author) == fields(User.objects.get(pk=comment.author_id))
    assert len(commands) == 1
    assert find_one_with(Comment, {"body": "nothing like it"}, "author") is None
