"""Searches that people have saved, and what was found for them since (docs/adr/0019)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self
from urllib.parse import parse_qsl

from bson import ObjectId
from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField, ObjectIdField

from marketplace.core.models import Document, DocumentQuerySet, Timestamped
from search.query import MULTIPLE, PRICES, Query

CANDIDATES, BY_QUERY, BY_PERSON, DUE = "saved_candidates", "saved_by_query", "saved_by_person", "saved_due"
COPIES: Final = (
    "search_looked_at"  # listings that searches are compared with (search/engines/mongo/matching.py)
)
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)  # before every plan
PRICE_TOP: Final = 2**53  # above every price
TITLE_MAX, NOTE_MAX, WORD_MAX, KEY_BYTES = 120, 500, 4, 16
FLAGS: Final = ("exact", "any_word")


class Frequency(models.TextChoices):
    """How often somebody hears of what is found for a saved search."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    OFF = "off", _("Never")


class SavedSearchQuerySet(DocumentQuerySet):
    def of(self, person_id: ObjectId) -> Self:
        return self.filter(user_id=person_id)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-id")

    def candidates(
        self, *, numbers: Sequence[int], words: Sequence[str], price: int, seller_id: ObjectId, most: int = 0
    ) -> dict[str, str]:
        """{key: query} of every different search that could show a listing with these values; at most `most`, if any.

        Not those of the seller alone. Whether a search does show it is for the engine to say.
        """
        # Raw: different searches, grouped where they lie; read from the index but for one document of each.
        steps: list[dict[str, Any]] = [
            {"$match": _could_show(numbers, words, price) | {"user_id": {"$ne": seller_id}}},
            {"$group": {"_id": "$query_key", "one": {"$first": "$query"}}},
        ]
        if most:
            steps.append({"$limit": most})
        rows = self._collection().aggregate(steps, hint=CANDIDATES, session=connection.session)
        return {row["_id"]: row["one"] for row in rows}

    def count_people(
        self,
        *,
        numbers: Sequence[int],
        words: Sequence[str],
        price: int | None,
        seller_id: ObjectId,
        most: int,
    ) -> int:
        """How many people have saved a search that could show such a listing; counting ends at `most`."""
        where = _could_show(numbers, words, price) | {"user_id": {"$ne": seller_id}}
        steps: list[dict[str, Any]] = [
            {"$match": where}, {"$group": {"_id": "$user_id"}}, {"$limit": most}, {"$count": "n"},
        ]  # fmt: skip
        found = list(self._collection().aggregate(steps, hint=CANDIDATES, session=connection.session))
        return int(found[0]["n"]) if found else 0

    def subscribers(self, keys: Collection[str], size: int) -> Iterator[list["SavedSearch"]]:
        """Everybody's searches with one of these keys that are on, batch by batch in the order of their ids."""
        for key in keys:
            rows = self.filter(query_key=key, is_on=True).order_by("id")
            last: ObjectId | None = None
            while batch := list((rows.filter(pk__gt=last) if last else rows)[:size]):
                yield batch
                last = batch[-1].pk

    def due(self) -> Self:
        """Those whose summary should be told by now, the longest planned first."""
        return self.filter(due_at__gt=NEVER, due_at__lte=timezone.now()).order_by("due_at", "id")

    def make_due(self, ids: Collection[ObjectId], periods: Mapping[str, timedelta]) -> None:
        """Plans the summaries of searches that have none planned: a period after the last one, or now."""
        # Raw: a pipeline, for what is written depends on what is there.
        branches = [
            {"case": {"$eq": ["$frequency", name]}, "then": length / timedelta(milliseconds=1)}
            for name, length in periods.items()
        ]
        after = {"$switch": {"branches": branches, "default": 0}}
        self._collection().update_many(
            {"_id": {"$in": list(ids)}, "due_at": None, "frequency": {"$in": list(periods)}},
            [{"$set": {"due_at": {"$max": ["$$NOW", {"$add": ["$last_told_at", after]}]}}}],
            session=connection.session,
        )


def _could_show(numbers: Sequence[int], words: Sequence[str], price: int | None) -> dict[str, Any]:
    where: dict[str, Any] = {"numbers": {"$in": list(numbers)}, "word": {"$in": list(words)}, "is_on": True}
    if price is not None:
        where |= {"price_low": {"$lte": price}, "price_high": {"$gte": price}}
    return where


class SavedSearch(Timestamped):
    """A search that somebody wants to hear of. Its id is derived from person and search: saved again it is the same.

    `numbers`, `word` and the bounds of the price are what a listing finds it by (search/alerts.py); the engine decides.
    A want is one with a note, which sellers never see: they are told how many people want a thing.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", db_index=False
    )
    title = models.CharField(_("name"), max_length=TITLE_MAX)
    note = models.CharField(_("note"), max_length=NOTE_MAX, blank=True)
    is_want = models.BooleanField(default=False)
    query = models.TextField(editable=False)  # the pairs of the Query, as in an address
    query_key = models.CharField(
        max_length=2 * KEY_BYTES, editable=False
    )  # the same for all who search for the same
    numbers = ArrayField(models.BigIntegerField(), default=list, editable=False)
    word = models.CharField(max_length=WORD_MAX, blank=True, editable=False)
    price_low = models.BigIntegerField(default=0, editable=False)
    price_high = models.BigIntegerField(default=PRICE_TOP, editable=False)
    frequency = models.CharField(
        _("how often"), max_length=6, choices=Frequency.choices, default=Frequency.NOW
    )
    is_on = models.BooleanField(default=True, editable=False)  # the frequency is not "never"
    last_told_at = models.DateTimeField(default=timezone.now, editable=False)  # by a summary
    due_at = models.DateTimeField(
        null=True, editable=False
    )  # when the next summary is, if there is anything in it
    seen_at = models.DateTimeField(default=timezone.now, editable=False)  # the person has looked at it

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes = [
            models.Index(
                fields=["numbers", "word", "price_low", "price_high", "query_key", "user"],
                name=CANDIDATES, condition=Q(is_on=True),
            ),
            models.Index(fields=["query_key", "id"], name=BY_QUERY, condition=Q(is_on=True)),
            models.Index(fields=["user", "-created_at", "-id"], name=BY_PERSON),
            models.Index(fields=["due_at", "id"], name=DUE, condition=Q(due_at__gt=NEVER)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("search:my-search-run", args=[self.pk])

    @property
    def asked(self) -> Query:
        """The search itself."""
        return query_of(self.query)


def query_of(text: str) -> Query:
    """A Query of its pairs as they are stored."""
    values: dict[str, Any] = {}
    for name, value in parse_qsl(text):
        if name in MULTIPLE:
            values[name] = (*values.get(name, ()), value)
        else:
            values[name] = int(value) if name in PRICES else value == "1" if name in FLAGS else value
    return Query(**values)


class Find(Document):
    """A listing that was found for a saved search. Its id is derived from both, so each is found once."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="finds", db_index=False)
    listing_id = ObjectIdField()
    at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["search", "-at"], name="find_newest")]

    def __str__(self) -> str:
        return f"{self.search_id} {self.listing_id}"
