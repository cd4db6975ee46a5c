import django.db.models.deletion
import upswing.people.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0010_quota_of_a_metric'),
    ]

    operations = [
        migrations.CreateModel(
            name='PipelineSetup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=upswing.people.identity.uuid7, editable=False, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='PipelineVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField()),
                ('author', models.CharField(max_length=254)),
                ('begun', models.DateTimeField()),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('effective', models.DateField(blank=True, null=True)),
                ('note', models.TextField(blank=True, default='')),
                ('published', models.DateTimeField(blank=True, null=True)),
                ('publisher', models.CharField(blank=True, default='', max_length=254)),
                ('setup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='goals.pipelinesetup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setup', 'number'), name='one_pipeline_version_a_number'), models.UniqueConstraint(condition=models.Q(('number', None)), fields=('setup',), name='one_draft_a_pipeline'), models.CheckConstraint(condition=models.Q(models.Q(('effective', None), ('number', None), ('published', None)), models.Q(('effective__isnull', False), ('number__gte', 1), ('published__isnull', False)), _connector='OR'), name='published_pipelines_are_numbered_and_dated')],
            },
        ),
    ]
