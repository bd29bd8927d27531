"""What is embedded in a listing."""

from django.db import models
from django_mongodb_backend.models import EmbeddedModel

from marketplace.core.pictures import picture_url


class Flaw(EmbeddedModel):
    """Something a buyer should know: what, where, and on which photo (1 = the first, 0 = none)."""

    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=120, blank=True)
    photo_no = models.PositiveSmallIntegerField(default=0)


class Photo(EmbeddedModel):
    """One picture of a listing, in its place in the order; the first is the cover."""

    key = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    color = models.CharField(max_length=7)
    is_ready = models.BooleanField(default=False)
    error = models.CharField(max_length=200, blank=True)

    def url(self, rendition: str) -> str:
        """The address of "thumb", "card" or "detail"; "" until it is rendered."""
        return picture_url(self.key, rendition) if self.is_ready else ""
