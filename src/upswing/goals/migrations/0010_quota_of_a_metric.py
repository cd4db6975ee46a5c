from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0009_rankings'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='quota',
            index=models.Index(fields=['metric'], name='quota_of_a_metric'),
        ),
    ]
