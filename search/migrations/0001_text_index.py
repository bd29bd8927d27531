from django.db import migrations

NAME = "search_text"
WEIGHTS = {"title": 10, "brand_name": 6, "category_names": 4, "description": 1}


def add_index(apps, schema_editor):
    table = schema_editor.connection.database[apps.get_model("listings", "Listing")._meta.db_table]
    table.create_index(
        [(field, "text") for field in WEIGHTS], name=NAME, weights=WEIGHTS, default_language="english",
        language_override="text_language",  # no listing has that: all are read as English
    )  # fmt: skip


def remove_index(apps, schema_editor):
    schema_editor.connection.database[apps.get_model("listings", "Listing")._meta.db_table].drop_index(NAME)


class Migration(migrations.Migration):
    """The text index of listings. Not on the model: the backend has no text indexes."""

    dependencies = [("listings", "0007_remove_unread_counts")]

    operations = [migrations.RunPython(add_index, remove_index)]
