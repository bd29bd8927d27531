from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            "user", "closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed")
        ),
        migrations.AddField(
            "user",
            "closed_reason",
            models.CharField(blank=True, editable=False, default="", max_length=200, verbose_name="why it was closed"),
            preserve_default=False,
        ),
        migrations.AddField("user", "access_version", models.PositiveIntegerField(default=0, editable=False)),
    ]
