from django.db import migrations, models

STATUSES = [
    ("draft", "Draft"),
    ("available", "For sale"),
    ("reserved", "Reserved"),
    ("not_for_sale", "Not for sale"),
    ("sold", "Sold"),
    ("removed", "Removed"),
    ("suspended", "Suspended"),
    ("paused", "Account closed"),
]


class Migration(migrations.Migration):
    dependencies = [("listings", "0002_stock_in_order")]

    operations = [
        migrations.AlterField(
            "listing",
            "status",
            models.CharField(choices=STATUSES, default="draft", max_length=16, verbose_name="status"),
        ),
    ]
