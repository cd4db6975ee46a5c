import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0008_industry'),
        ('people', '0005_calendars'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamRanking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.CharField(max_length=64)),
                ('basis', models.CharField(max_length=16)),
                ('reason', models.CharField(max_length=500)),
                ('starts', models.DateField()),
                ('by', models.CharField(max_length=254)),
                ('at', models.DateTimeField()),
                ('ended', models.DateTimeField(blank=True, null=True)),
                ('ender', models.CharField(blank=True, default='', max_length=254)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rankings', to='people.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('team', 'metric'), name='one_ranking_a_metric_of_a_team'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ranking_has_a_reason')],
            },
        ),
    ]
