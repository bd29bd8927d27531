"""One row for each distinct picture file, however many listings show it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import Document, DocumentQuerySet


class Image(Document):
    """The state of a picture's renditions; `key` is the SHA-256 of the uploaded bytes."""

    class State(models.TextChoices):
        PENDING = "pending", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be read")

    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    color = models.CharField(max_length=7)
    bytes = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=20)
    uses = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
