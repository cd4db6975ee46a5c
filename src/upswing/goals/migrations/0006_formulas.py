import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0005_cards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Formula',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('archived', models.DateTimeField(blank=True, null=True)),
                ('archiver', models.CharField(blank=True, default='', max_length=254)),
            ],
        ),
        migrations.CreateModel(
            name='FormulaVersion',
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
                ('formula', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='goals.formula')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('formula', 'number'), name='one_formula_version_a_number'), models.UniqueConstraint(condition=models.Q(('number', None)), fields=('formula',), name='one_draft_a_formula'), models.CheckConstraint(condition=models.Q(models.Q(('effective', None), ('number', None), ('published', None)), models.Q(('effective__isnull', False), ('number__gte', 1), ('published__isnull', False)), _connector='OR'), name='published_formulas_are_numbered_and_dated')],
            },
        ),
    ]
