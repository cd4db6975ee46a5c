from django.db import migrations, models

import upswing.people.identity


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0007_target_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndustryFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=upswing.people.identity.uuid7, editable=False, unique=True)),
                ('metric', models.CharField(max_length=64)),
                ('value', models.CharField(max_length=64)),
                ('currency', models.CharField(blank=True, default='', max_length=3)),
                ('source', models.CharField(max_length=300)),
                ('published', models.DateField()),
                ('n', models.PositiveIntegerField()),
                ('definition', models.CharField(max_length=500)),
                ('segment', models.CharField(blank=True, default='', max_length=200)),
                ('by', models.CharField(max_length=254)),
                ('at', models.DateTimeField()),
                ('withdrawn', models.DateTimeField(blank=True, null=True)),
                ('withdrawer', models.CharField(blank=True, default='', max_length=254)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('n__gt', 0)), name='industry_figure_stands_on_cases'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('definition', ''), _negated=True)), name='industry_figure_has_a_source')],
            },
        ),
    ]
