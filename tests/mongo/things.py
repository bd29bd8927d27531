"""Models for the tests of the engine alone: an app that is installed nowhere, in a registry of its own."""

from bson import ObjectId
from django.apps.registry import Apps
from django.db import models
from django.db.models import Q
from django_mongodb_backend.fields import ArrayField, ObjectIdField

REGISTRY = Apps(["tests.mongo"])


class Thing(models.Model):
    id = ObjectIdField(primary_key=True, default=ObjectId, db_column="_id")

    class Meta:
        abstract = True
        apps = REGISTRY
        app_label = "mongo"


class Shop(Thing):
    name = models.CharField(max_length=30, unique=True)
    city = models.CharField(max_length=30, null=True)

    class Meta(Thing.Meta):
        pass


class Item(Thing):
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="items")
    second_shop = models.ForeignKey(Shop, models.SET_NULL, null=True, related_name="+")
    slug = models.CharField(max_length=30, unique=True)
    number = models.IntegerField(unique=True, null=True)
    code = models.CharField(max_length=30, unique=True, null=True)
    sku = models.CharField(max_length=30, default="")
    status = models.CharField(max_length=10)
    tags = ArrayField(models.CharField(max_length=10), default=list)
    price = models.IntegerField(null=True, db_index=True)
    at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)

    class Meta(Thing.Meta):
        indexes = [
            models.Index(fields=["status", "-at", "-id"], name="status_newest"),
            models.Index(fields=["tags", "status", "-at", "-id"], name="tags_newest"),
            models.Index(fields=["shop", "-at", "-id"], name="shop_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shop", "slug"], name="one_slug_per_shop"),
            models.UniqueConstraint(fields=["shop", "sku"], condition=Q(sku__gt=""), name="one_sku_per_shop"),
        ]


class Note(Thing):
    item = models.ForeignKey(Item, models.CASCADE, related_name="notes")
    stars = models.IntegerField(default=0)

    class Meta(Thing.Meta):
        pass


MODELS = [Shop, Item, Note]
