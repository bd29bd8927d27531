"""Abstract base models."""

from bson import ObjectId
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_mongodb_backend.fields import ObjectIdField

from marketplace.core.events import Event
from marketplace.core.outbox.models import OutboxEntry, Subscription
from marketplace.core.pictures.models import Image
from marketplace.core.querysets import DocumentQuerySet

__all__ = ["Announced", "Document", "DocumentQuerySet", "Image", "OutboxEntry", "Subscription", "Timestamped"]


class Document(models.Model):
    """A MongoDB document whose id is made before the insert, so retries and idempotency stay simple."""

    # Not ObjectIdAutoField: that one is an IntegerField to Django, and third-party code calls int(pk) on it.
    id = ObjectIdField(primary_key=True, default=ObjectId, editable=False, db_column="_id")

    class Meta:
        abstract = True


class Announced(Document):
    """A document whose insert is its own outbox entry: the relay publishes announcement() exactly once (docs/adr/0013).

    A subclass adds `new_index()` to its indexes.
    """

    is_announced = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def new_index(name: str) -> models.Index:
        """The index of those that are not announced yet; it holds nothing else, so it stays small."""
        return models.Index(fields=["is_announced", "id"], condition=Q(is_announced=False), name=name)

    def announcement(self) -> Event:
        """The event that the insert of this document stands for."""
        raise NotImplementedError


class Timestamped(Document):
    """Adds when it was made and when a service last changed it (UTC, milliseconds)."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
