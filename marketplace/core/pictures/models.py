"""One document for each distinct picture file, however many listings and people use it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from bson import ObjectId
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField, ObjectIdField
from pymongo import ReturnDocument, UpdateOne
from pymongo.errors import DuplicateKeyError

from marketplace.core.pictures.rendering import Rendition
from marketplace.core.querysets import DocumentQuerySet


class ImageQuerySet(DocumentQuerySet):
    def existing(self) -> Self:
        """Those whose files are not being removed."""
        return self.exclude(state=Image.State.REMOVED)

    def unused(self, before: datetime) -> Self:
        """Those that nobody has used since `before`."""
        return self.filter(uses=0, unused_since__lte=before)

    def use(self, counts: Mapping[str, int]) -> bool:
        """Adds uses by key, in the transaction that runs; False when one of the pictures is being removed."""
        # Raw: the ORM has no bulk of different increments.
        writes = [
            UpdateOne({"key": key, "state": {"$ne": Image.State.REMOVED}}, {"$inc": {"uses": count}})
            for key, count in counts.items()
        ]
        return self.write_each(writes).matched_count == len(counts)

    def release(self, keys: list[str]) -> None:
        """Takes one use off each picture; its time without a use starts now."""
        for key in keys:
            self.filter(key=key, uses__gt=0).update(uses=F("uses") - 1, unused_since=timezone.now())

    def mark_removed(self, image: "Image", before: datetime) -> bool:
        """The one write that decides: nobody can find or use the picture from now on; False when somebody does."""
        unused = self.existing().unused(before).filter(pk=image.pk)
        return bool(unused.update(state=Image.State.REMOVED, sha256=""))

    def reserve(self, sha256: str, values: Mapping[str, Any]) -> "Image":
        """The document of this file, made if there is none, and safe from removal for the grace period.

        Outside any transaction on purpose: what is stored must be known even when the caller's work is rolled back.
        """
        fresh = {
            "_id": ObjectId(), "state": Image.State.PENDING, "color": "", "uses": 0, "is_stored": False,
            "renditions": [], "error": "", "created_at": timezone.now(), **values,
        }  # fmt: skip
        fresh["key"] = f"{sha256[:40]}{fresh['_id']}"
        # Raw: an upsert that writes some fields only when it inserts.
        update = {"$set": {"unused_since": timezone.now()}, "$setOnInsert": fresh}
        try:
            found = self._upsert(sha256, update)
        except DuplicateKeyError:  # another upload of the same file made it at this moment
            found = self._upsert(sha256, update)
        found["id"] = found.pop("_id")
        return Image(**found)

    def _upsert(self, sha256: str, update: dict[str, Any]) -> dict[str, Any]:
        after, table = ReturnDocument.AFTER, self._collection()
        found = table.find_one_and_update({"sha256": sha256}, update, upsert=True, return_document=after)
        return found or {}  # an upsert always gives back a document


class Image(models.Model):
    """A picture file and the state of its renditions.

    `key` names its files and is never used again; `sha256` finds it while it may be used. So a file that is removed
    and the same one that comes back at that moment never meet: the write that gives up the hash decides.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be read")
        REMOVED = "removed", _("being removed")

    id = ObjectIdField(primary_key=True, default=ObjectId, editable=False, db_column="_id")
    key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    color = models.CharField(max_length=7, blank=True)
    bytes = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=20)
    is_stored = models.BooleanField(default=False)  # the original is there whole
    renditions = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    uses = models.PositiveIntegerField(default=0)
    unused_since = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=Q(sha256__gt=""), name="one_image_per_file")
        ]
        indexes = [models.Index(fields=["uses", "unused_since"], name="image_unused")]

    def __str__(self) -> str:
        return self.key

    def has(self, renditions: tuple[Rendition, ...]) -> bool:
        """Whether all of these can be shown."""
        return {rendition.name for rendition in renditions} <= set(self.renditions)
