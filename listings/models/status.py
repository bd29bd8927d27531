"""Where a listing is in its life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a listing is in its life."""

    DRAFT = "draft", _("Draft")
    AVAILABLE = "available", _("For sale")
    RESERVED = "reserved", _("Reserved")
    NOT_FOR_SALE = "not_for_sale", _("Not for sale")
    SOLD = "sold", _("Sold")
    REMOVED = "removed", _("Removed")
    SUSPENDED = "suspended", _("Suspended")
    PAUSED = (
        "paused",
        _("Account closed"),
    )  # was for sale when its seller's account closed; back when it opens
