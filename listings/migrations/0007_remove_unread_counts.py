from django.db import migrations


class Migration(migrations.Migration):
    """Counts that nothing wrote or showed. Processes of the release before insert them until they end: no harm."""

    dependencies = [("listings", "0006_lists_by_index")]

    operations = [
        migrations.RemoveField(model_name="listing", name="share_count"),
        migrations.RemoveField(model_name="listing", name="view_count"),
    ]
