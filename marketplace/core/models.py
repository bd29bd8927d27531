"""Abstract bases: what every document of the marketplace has."""

from bson import ObjectId
from django.db import models
from django.utils import timezone
from django_mongodb_backend.fields import ObjectIdField

from marketplace.core.outbox.models import OutboxEntry, Subscription
from marketplace.core.querysets import DocumentQuerySet

__all__ = ["Document", "DocumentQuerySet", "OutboxEntry", "Subscription", "Timestamped"]


class Document(models.Model):
    """A MongoDB document whose id is made before the insert, so retries and idempotency stay simple."""

    # Not ObjectIdAutoField: that one is an IntegerField to Django, and third-party code calls int(pk) on it.
    id = ObjectIdField(primary_key=True, default=ObjectId, editable=False, db_column="_id")

    class Meta:
        abstract = True


class Timestamped(Document):
    """Adds when it was made and when a service last changed it (UTC, milliseconds)."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
