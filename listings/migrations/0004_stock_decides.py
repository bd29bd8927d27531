from typing import Any

from django.db import migrations, models

HOLDS_INDEX = "stock_holds_expire"


def fill(apps: Any, schema_editor: Any) -> None:
    """Units that are not sold, on each listing; whether it is for sale, on each size. Two passes on the server."""
    database = schema_editor.connection.database
    database["listings_stock"].aggregate([
        {"$group": {"_id": "$listing_id", "units_open": {
            "$sum": {"$add": ["$quantity", {"$size": {"$ifNull": ["$holds", []]}}]}}}},
        {"$merge": {"into": "listings_listing", "whenMatched": "merge", "whenNotMatched": "discard"}},
    ], allowDiskUse=True)
    database["listings_listing"].aggregate([
        {"$match": {"status": "available"}},
        {"$lookup": {"from": "listings_stock", "localField": "_id", "foreignField": "listing_id", "as": "stock"}},
        {"$unwind": "$stock"},
        {"$project": {"_id": "$stock._id", "is_for_sale": {"$literal": True}}},
        {"$merge": {"into": "listings_stock", "whenMatched": "merge", "whenNotMatched": "discard"}},
    ])


def add_index(apps: Any, schema_editor: Any) -> None:
    """The engine cannot declare an index inside an array of embedded documents. Sparse: stock without holds has no entry."""
    table = schema_editor.connection.database["listings_stock"]
    table.create_index("holds.expires_at", name=HOLDS_INDEX, sparse=True)


def drop_index(apps: Any, schema_editor: Any) -> None:
    schema_editor.connection.database["listings_stock"].drop_index(HOLDS_INDEX)


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0003_paused'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='units_open',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='stock',
            name='is_for_sale',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(add_index, drop_index),
    ]
