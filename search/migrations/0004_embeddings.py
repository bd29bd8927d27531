import bson.objectid
import django.utils.timezone
import django_mongodb_backend.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("search", "0003_saved_searches")]

    operations = [
        migrations.CreateModel(
            name='Embedding',
            fields=[
                ('id', django_mongodb_backend.fields.ObjectIdField(db_column='_id', default=bson.objectid.ObjectId, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('vector', models.BinaryField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
