import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_avatar_next"),
        ("auth", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AlterField(
            model_name="accesstoken",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="access_tokens",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="accesstoken",
            index=models.Index(fields=["user", "is_revoked", "-id"], name="token_usable"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["-date_joined", "-id"], name="user_joined"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["is_staff", "-date_joined", "-id"], name="user_staff"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["is_active", "-date_joined", "-id"], name="user_active"),
        ),
    ]
