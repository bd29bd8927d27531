"""Likes and comments that exist were announced by the outbox, so they are marked so; new ones are not announced yet."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("social", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="like", name="is_announced", field=models.BooleanField(default=True, editable=False)
        ),
        migrations.AlterField(
            model_name="like", name="is_announced", field=models.BooleanField(default=False, editable=False)
        ),
        migrations.AddIndex(
            model_name="like",
            index=models.Index(
                condition=Q(("is_announced", False)), fields=["is_announced", "id"], name="like_new"
            ),
        ),
        migrations.AddField(
            model_name="comment", name="is_announced", field=models.BooleanField(default=True, editable=False)
        ),
        migrations.AlterField(
            model_name="comment", name="is_announced", field=models.BooleanField(default=False, editable=False)
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=Q(("is_announced", False)), fields=["is_announced", "id"], name="comment_new"
            ),
        ),
    ]
