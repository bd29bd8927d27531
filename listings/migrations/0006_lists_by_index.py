"""Indexes for every list; the facets of what is there already. The old indexes go last, when the new ones are built."""

from itertools import islice

import django_mongodb_backend.fields
from django.conf import settings
from django.db import migrations, models
from pymongo import UpdateOne

from listings.models.facets import facets_of

FIELDS = ("category_path", "brand_slug", "sizes", "colors")
BATCH = 1000


def fill_facets(apps, schema_editor):
    """Gives the listings that are there their facets; run again, it goes on with those that have none."""
    table = schema_editor.connection.database[apps.get_model("listings", "Listing")._meta.db_table]
    found = table.find({"facets": []}, dict.fromkeys(FIELDS, 1), batch_size=BATCH)
    for rows in batched(found, BATCH):
        writes = [
            UpdateOne({"_id": row["_id"]}, {"$set": {"facets": facets_of(**{name: row[name] for name in FIELDS})}})
            for row in rows
        ]  # fmt: skip
        table.bulk_write(writes, ordered=False)


def batched(rows, size):
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


class Migration(migrations.Migration):
    dependencies = [
        ("listings", "0005_pictures_by_use"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="brand",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="listing",
            name="brand_revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="listing",
            name="facets",
            field=django_mongodb_backend.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="seller_revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(fill_facets, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="brand",
            index=models.Index(fields=["is_reviewed", "name_ci"], name="brand_reviewed"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("status", "available")),
                fields=["facets", "condition", "-published_at", "-id"],
                name="listing_facet_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("status", "available")),
                fields=["facets", "condition", "price_cents", "id"],
                name="listing_facet_price",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["seller", "status", "-updated_at", "-id"], name="listing_seller_changed"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("comment_count__gt", 0), ("status", "available")),
                fields=["seller", "-published_at", "-id"],
                name="listing_seller_talked",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["status", "-updated_at", "-id"], name="listing_changed"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["seller", "seller_revision"], name="listing_seller_snapshot"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["brand_slug", "brand_revision"], name="listing_brand_snapshot"),
        ),
        migrations.RemoveIndex(
            model_name="brand",
            name="brand_review",
        ),
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_cat_price",
        ),
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_brand_price",
        ),
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_seller_updated",
        ),
    ]
