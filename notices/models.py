"""What people are told: grouped entries of the news, the single things that they are made of, and what is mailed."""

import hashlib
from datetime import datetime
from typing import Any, Final, Self

from bson import ObjectId
from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField, EmbeddedModelArrayField, ObjectIdField
from django_mongodb_backend.models import EmbeddedModel

from marketplace.core.models import Document, DocumentQuerySet

RECENT: Final = 3  # parts that an entry carries itself, whatever their number
UNREAD: Final = "notice_unread"  # index
BADGE_MOST: Final = 99  # further the badge does not count
FORGET_BATCH: Final = 100  # entries removed at a time
ID_BYTES: Final = 12


def derived_id(*parts: object) -> ObjectId:
    """The id that belongs to these names: the index of _id is then their unique index, and an upsert meets itself."""
    return ObjectId(hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:ID_BYTES])


class Recent(EmbeddedModel):
    """One of the newest parts of an entry, as its line on the page needs it."""

    part = ObjectIdField()
    actor = ObjectIdField()
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)


class NoticeQuerySet(DocumentQuerySet):
    def of(self, person_id: ObjectId) -> Self:
        return self.filter(person_id=person_id)

    def shown(self) -> Self:
        """Without muted ones of which everything was taken back."""
        return self.filter(count__gt=0)

    def unread(self) -> Self:
        return self.filter(fresh__gt=0)

    def count_unread(self, person_id: ObjectId) -> int:
        """The unread entries of a person, at most one more than BADGE_MOST."""
        # Raw: read from the index alone, where the ORM's count() asks for ids and so for every document.
        wanted = {"person_id": person_id, "fresh": {"$gt": 0}}
        found = self._collection().count_documents(
            wanted, limit=BADGE_MOST + 1, hint=UNREAD, session=connection.session
        )
        return int(found)


class Notice(Document):
    """One entry of somebody's news: everything of one kind about one thing ("Ada and 12 others liked Linen dress").

    Its id is derived from (person, kind, group). It never grows: it has a count and the newest RECENT parts.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=20)
    group = models.CharField(max_length=60)
    title = models.CharField(max_length=120)  # what it is about, as its app says it
    url = models.CharField(max_length=200)
    picture = models.CharField(max_length=64, blank=True)  # key of a picture with a "thumb", or ""
    recent = EmbeddedModelArrayField(Recent, default=list)  # by (at, part), the newest last
    count = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)  # parts that came since the person looked
    is_muted = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=timezone.now)  # when the newest of it happened
    written_at = models.DateTimeField(default=timezone.now)  # when the newest of it was stored
    read_at = models.DateTimeField(null=True)  # the person has seen what was stored until then

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["person", "-updated_at", "-id"], name="notice_newest"),
            models.Index(fields=["person", "fresh"], name=UNREAD, condition=Q(fresh__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.group}"

    @property
    def is_unread(self) -> bool:
        return self.fresh > 0


class NoticePart(Document):
    """One thing that happened, told to one person. Its id is derived from (person, key): told again it is the same."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="parts", db_index=False)
    key = models.CharField(max_length=80)  # names the event; the same for everybody who is told of it
    actor = ObjectIdField()
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    is_fresh = models.BooleanField(default=True)  # it counted as unread when it was stored
    written_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="part_by_key"),
            models.Index(fields=["notice", "-at", "-id"], name="part_newest"),
        ]

    def __str__(self) -> str:
        return self.key

    def is_read(self, read_at: datetime | None) -> bool:
        """Whether the person has seen it, when they looked at its entry then."""
        return read_at is not None and self.written_at <= read_at

    def as_recent(self) -> dict[str, Any]:
        """As its entry carries it."""
        return {"part": self.pk, "actor": self.actor, "at": self.at, "text": self.text, "url": self.url}


class MailChoice(Document):
    """Which kinds somebody wants by mail, where they have said so; its id is the person's. Else the kind decides."""

    wanted = ArrayField(models.CharField(max_length=20), default=list)
    refused = ArrayField(models.CharField(max_length=20), default=list)

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"+{self.wanted} -{self.refused}"
