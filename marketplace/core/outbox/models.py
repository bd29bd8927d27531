"""Documents of the outbox: entries, and subscriptions of handlers to events."""

from bson import ObjectId
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ObjectIdField

from marketplace.core.outbox.fields import BsonField
from marketplace.core.outbox.queries import OutboxQuerySet


class OutboxEntry(models.Model):
    """One event for one handler, deleted in the transaction of the handler's work.

    `due_at` is when it may be claimed: a claimed one falls due again when its lease is over; a dead one never does.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        CLAIMED = "claimed", _("Handed to a worker")
        DEAD = "dead", _("Failed for good")

    id = ObjectIdField(primary_key=True, default=ObjectId, editable=False, db_column="_id")
    event = models.CharField(_("event"), max_length=100, editable=False)
    payload = BsonField(default=dict, editable=False)
    handler = models.CharField(_("handler"), max_length=200, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PENDING, editable=False
    )
    due_at = models.DateTimeField(_("due at"), null=True, default=timezone.now, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    claim = ObjectIdField(null=True, editable=False)
    error = models.TextField(_("error"), blank=True, editable=False)
    request_id = models.CharField(_("request"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("published at"), default=timezone.now, editable=False)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        indexes = [
            models.Index(fields=["state", "handler", "due_at"], name="outbox_due"),
            # For the back office, among any number of others.
            models.Index(fields=["state", "-id"], name="outbox_dead", condition=models.Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.handler}"


class Subscription(models.Model):
    """A handler that some running release has for an event; `seen_at` is when one last said so."""

    id = ObjectIdField(primary_key=True, default=ObjectId, editable=False, db_column="_id")
    event = models.CharField(max_length=100)
    handler = models.CharField(max_length=200)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="one_subscription")]

    def __str__(self) -> str:
        return f"{self.event} → {self.handler}"
