"""One document for each event and handler. The old collection stays for this release; see outbox/legacy.py."""

import bson.objectid
import django.utils.timezone
import django_mongodb_backend.fields
from django.db import migrations, models

import marketplace.core.outbox.fields
from marketplace.core.outbox import legacy


def convert(apps, schema_editor):
    legacy.convert()


def object_id():
    return django_mongodb_backend.fields.ObjectIdField(
        db_column="_id", default=bson.objectid.ObjectId, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="OutboxEntry",
            fields=[
                ("id", object_id()),
                ("event", models.CharField(editable=False, max_length=100, verbose_name="event")),
                ("payload", marketplace.core.outbox.fields.BsonField(default=dict, editable=False)),
                ("handler", models.CharField(editable=False, max_length=200, verbose_name="handler")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("claimed", "Handed to a worker"),
                            ("dead", "Failed for good"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, null=True, verbose_name="due at"
                    ),
                ),
                (
                    "attempts",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="attempts"),
                ),
                ("claim", django_mongodb_backend.fields.ObjectIdField(editable=False, null=True)),
                ("error", models.TextField(blank=True, editable=False, verbose_name="error")),
                (
                    "request_id",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="request"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="published at"
                    ),
                ),
            ],
            options={
                "verbose_name": "outbox entry",
                "verbose_name_plural": "outbox entries",
                "indexes": [models.Index(fields=["state", "handler", "due_at"], name="outbox_due")],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", object_id()),
                ("event", models.CharField(max_length=100)),
                ("handler", models.CharField(max_length=200)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("event", "handler"), name="one_subscription")
                ],
            },
        ),
        migrations.RunPython(convert, migrations.RunPython.noop),
        # Processes of the older release still write to the collection, so only the model goes.
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="OutboxEvent")]),
    ]
