"""Keeping the shop's words: new ones as listings come, all of them counted anew once a day."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from bson import ObjectId
from django.utils import timezone
from pymongo import UpdateOne

from accounts.models import User
from listings.models import Listing
from search.models import Term, Vocabulary
from search.vocabulary import terms
from search.vocabulary.counting import Counts, Progress, count_listings, rows_of
from search.vocabulary.words import words_of

SHOP = ObjectId("76f6361625f6f6673686f700")  # the one document of Vocabulary


def learn_listings(*, ids: Collection[ObjectId]) -> int:
    """Adds the words, brands and sellers of listings that nobody had before; how many. Counts stay as they are."""
    found = list(
        Listing.objects.public().filter(pk__in=ids).only("title", "brand_name", "brand_slug", "seller_id")
    )
    words = {word for row in found for word in words_of(f"{row.title} {row.brand_name}")}
    brands = {row.brand_slug: row.brand_name for row in found if row.brand_slug}
    known = Term.objects.all().known(sorted(words))
    rows = [terms.unseen(Term.Kind.WORD, word, word) for word in sorted(words - known)]
    rows += [terms.unseen(Term.Kind.BRAND, slug, name) for slug, name in sorted(brands.items())]
    new = terms.write(rows)
    if new:
        _announce_change()
    learn_people(ids={row.seller_id for row in found})
    return new


def learn_people(*, ids: Collection[ObjectId]) -> None:
    """Writes how people are called now; those whose account is closed are no longer found."""
    users = list(User.objects.filter(pk__in=ids))
    terms.write(terms.person(user, timezone.now()) for user in users if user.is_active)
    closed = [user.username for user in users if not user.is_active]
    if closed:
        Term.objects.filter(kind=Term.Kind.PERSON, key__in=closed).delete()


def learn_new_people(*, since: datetime) -> int:
    """Makes the people findable who signed up since then; how many."""
    # Ids begin with the time they were made at, so this reads the index of _id.
    ids = list(User.objects.filter(pk__gte=ObjectId.from_datetime(since)).values_list("pk", flat=True))
    learn_people(ids=ids)
    return len(ids)


def rebuild_vocabulary(*, progress: Progress = lambda done, about: None) -> Counts:
    """Counts every term anew, in place: each is right before or after, none is ever missing; then drops what is gone.

    A run that was killed is simply begun again. What is learned while it runs stays.
    """
    started = timezone.now()
    counts = count_listings(progress)
    terms.write(rows_of(counts))
    terms.write(_people(counts.sellers))
    Term.objects.filter(written_at__lt=started, asked=0, is_hidden=False).delete()
    _announce_change()
    return counts


def _people(listed: Mapping[ObjectId, datetime]) -> Iterator[UpdateOne]:
    for user in User.objects.active().iterator():
        signs = (user.date_joined, user.last_login, listed.get(user.pk))
        yield terms.person(user, max(sign for sign in signs if sign))


def _announce_change() -> None:
    now = {"$set": {"changed_at": timezone.now()}}
    Vocabulary.objects.all().write_each([UpdateOne({"_id": SHOP}, now, upsert=True)])
