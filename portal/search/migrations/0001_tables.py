import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('search', '0001_initial'), ('search', '0002_versions')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('text', models.CharField(max_length=256)),
                ('times', models.PositiveIntegerField(default=1)),
                ('hits', models.PositiveIntegerField(help_text='Found the last time')),
            ],
            options={
                'verbose_name_plural': 'search queries',
                'constraints': [models.UniqueConstraint(fields=('day', 'text'), name='search_query_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SearchRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=255)),
                ('summary', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('url', models.CharField(max_length=400)),
                ('kind', models.CharField(max_length=40)),
                ('sensitivity', models.PositiveSmallIntegerField(null=True)),
                ('dated_at', models.DateTimeField(help_text='What newest means; UTC')),
                ('expires_at', models.DateTimeField(help_text='Not found from then on; UTC', null=True)),
                ('digest', models.CharField(help_text='Of all that was indexed', max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['-dated_at', '-id'], name='search_sear_dated_a_2227ca_idx')],
                'constraints': [models.UniqueConstraint(fields=('source', 'object_id'), name='search_record_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.CharField(max_length=60)),
                ('version', models.PositiveBigIntegerField(default=1)),
                ('brought', models.PositiveBigIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('brought__lt', models.F('version'))), fields=['id'], name='search_version_waiting')],
                'constraints': [models.UniqueConstraint(fields=('source', 'object_id'), name='search_version_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchPrincipal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=60)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='principals', to='search.searchrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('token', 'record'), name='search_principal_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchFacet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=100)),
                ('label', models.CharField(max_length=160)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facets', to='search.searchrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'value', 'record'), name='search_facet_once')],
            },
        ),
    ]
