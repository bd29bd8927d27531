"""The shop's own words: what is suggested, and what spellings are compared with."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField

from marketplace.core.models import Document, DocumentQuerySet

PREFIX_MAX = 20  # characters of a prefix that the index knows
TEXT_MAX = 120


class TermQuerySet(DocumentQuerySet):
    def suggested(self, parts: list[tuple[str, list[str], int, datetime | None]]) -> list[dict[str, Any]]:
        """For each (kind, prefixes, number, seen since) the most frequent terms; one round trip."""
        # Raw: the ORM has no $unionWith. Each part reads the index in its order and ends at its number.
        table = self._collection()
        steps = []
        for kind, prefixes, number, since in parts:
            where: dict[str, Any] = {"kind": kind, "prefixes": {"$in": prefixes}, "is_hidden": False}
            if since:
                where["seen_at"] = {"$gte": since}
            steps.append(
                [{"$match": where}, {"$sort": {"count": -1, "_id": 1}}, {"$limit": number},
                 {"$project": {"kind": 1, "key": 1, "text": 1, "count": 1}}]
            )  # fmt: skip
        joined = [{"$unionWith": {"coll": table.name, "pipeline": step}} for step in steps[1:]]
        return list(table.aggregate([*steps[0], *joined], session=connection.session))

    def most_frequent(self, kind: str, number: int) -> list[dict[str, Any]]:
        """(key, text, count, spellings) of the terms of a kind, most frequent first, as the driver reads them."""
        columns = {"key": 1, "text": 1, "count": 1, "spellings": 1, "_id": 0}
        rows = self._collection().find({"kind": kind}, columns, session=connection.session)
        return list(rows.sort([("count", -1), ("_id", 1)]).limit(number))

    def known(self, words: list[str]) -> set[str]:
        """Those of some words that listings have."""
        found = self._collection().find(
            {"kind": Term.Kind.WORD.value, "key": {"$in": words}}, {"key": 1, "_id": 0}
        )
        return {row["key"] for row in found}


class Term(Document):
    """A word, brand, category, colour, person or search, with every prefix that it is found by.

    `key` is what it stands for: the compared word, a slug, a colour's code, a username, the compared search. `count` is
    the listings that have it (of a search: the listings it would find and how often it was asked).
    """

    class Kind(models.TextChoices):
        WORD = "word", _("word")
        BRAND = "brand", _("brand")
        CATEGORY = "category", _("category")
        COLOR = "color", _("colour")
        PERSON = "person", _("person")
        QUERY = "query", _("search")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    key = models.CharField(_("key"), max_length=TEXT_MAX)
    text = models.CharField(_("text"), max_length=TEXT_MAX)
    count = models.PositiveIntegerField(_("count"), default=0)
    asked = models.PositiveIntegerField(_("asked"), default=0)  # person-days that looked for it
    prefixes = ArrayField(models.CharField(max_length=PREFIX_MAX), default=list)
    spellings = ArrayField(models.CharField(max_length=TEXT_MAX), default=list)  # of a brand
    is_hidden = models.BooleanField(_("hidden"), default=False)  # staff do not want it suggested
    seen_at = models.DateTimeField(null=True, blank=True)  # of a person: the last sign of life that is known
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_term_per_key")]
        indexes = [
            models.Index(fields=["kind", "prefixes", "-count", "id"], name="term_prefix"),
            models.Index(fields=["kind", "-count", "id"], name="term_frequent"),
            models.Index(fields=["-asked", "-id"], name="term_asked"),
        ]

    def __str__(self) -> str:
        return self.text


class Vocabulary(Document):
    """One document: when terms were last added or counted. Processes read the terms anew when that is another time."""

    changed_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()


class RecentSearches(Document):
    """What one person looked for last, newest first."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    texts = ArrayField(models.CharField(max_length=TEXT_MAX), default=list)

    objects = DocumentQuerySet.as_manager()
