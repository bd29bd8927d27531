"""The words listings are described with; filled from listings/data by `load_taxonomy`."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField

from marketplace.core.models import Document, DocumentQuerySet


class Category(Document):
    """A node of the three-level tree: department, category, leaf."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.PositiveSmallIntegerField(_("level"))
    parent_slug = models.SlugField(max_length=80, blank=True, db_index=False)
    path = ArrayField(models.CharField(max_length=80), default=list)  # slugs from the department to this node
    size_set = models.CharField(_("size set"), max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        indexes = [models.Index(fields=["parent_slug", "position"], name="category_children")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:category-detail", args=[self.slug])


class Brand(Document):
    """A maker, with the other spellings people use for it."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_ci = models.CharField(
        max_length=60, unique=True, editable=False
    )  # as compared: lower case, no accents
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)  # grows with each new name
    is_reviewed = models.BooleanField(
        _("reviewed"), default=False
    )  # False: typed by a seller, waits for staff

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        indexes = [models.Index(fields=["is_reviewed", "name_ci"], name="brand_reviewed")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:brand-detail", args=[self.slug])
