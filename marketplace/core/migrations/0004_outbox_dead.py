from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_image")]

    operations = [
        migrations.AddIndex(
            model_name="outboxentry",
            index=models.Index(condition=models.Q(("state", "dead")), fields=["state", "-id"], name="outbox_dead"),
        )
    ]
