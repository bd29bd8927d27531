"""The outbox: one document for each published event, listing the handlers that still owe a reaction."""

from bson import ObjectId
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ObjectIdField

from marketplace.core.outbox.fields import BsonField
from marketplace.core.outbox.queries import OutboxQuerySet


class OutboxEvent(models.Model):
    """An event and what became of it.

    owing  [{handler, due_at, attempts, error, claim}]   a reaction that is still to come
    dead   [{handler, attempts, error, died_at}]         one that failed too often; staff may run it again
    """

    class State(models.TextChoices):
        OWING = "owing", _("Waiting for reactions")
        DEAD = "dead", _("A reaction failed for good")
        FINISHED = "finished", _("Finished")

    id = ObjectIdField(primary_key=True, default=ObjectId, editable=False, db_column="_id")
    type = models.CharField(_("event"), max_length=100, editable=False)
    payload = BsonField(default=dict, editable=False)
    request_id = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OWING, editable=False)
    owing = BsonField(default=list, editable=False)
    dead = BsonField(default=list, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(
        null=True, editable=False
    )  # a TTL index removes the document some days later

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["state", "created_at"], name="outbox_state_created")]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"
