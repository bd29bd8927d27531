from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("listings", "0007_remove_unread_counts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="request_key",
            field=models.CharField(editable=False, max_length=40, null=True),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("request_key__gt", "")),
                fields=("seller", "request_key"),
                name="one_listing_per_key",
            ),
        ),
    ]
