from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_snapshot_revision")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="asked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
