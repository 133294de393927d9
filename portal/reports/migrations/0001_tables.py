import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reports', '0001_initial'), ('reports', '0002_releases'), ('reports', '0003_layouts')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=20, unique=True)),
                ('number', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='DayCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('measure', models.CharField(max_length=20)),
                ('column', models.CharField(max_length=20)),
                ('cut', models.CharField(blank=True, max_length=20)),
                ('value', models.CharField(blank=True, max_length=160)),
                ('funding', models.CharField(blank=True, max_length=8)),
                ('amount', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['day', 'measure'], name='reports_day_day_a07bdd_idx')],
                'constraints': [models.UniqueConstraint(fields=('measure', 'day', 'cut', 'column', 'value', 'funding'), name='day_count_once')],
            },
        ),
        migrations.CreateModel(
            name='FrozenReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=20)),
                ('funding', models.CharField(blank=True, max_length=8)),
                ('released', models.TextField()),
                ('exact', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('frozen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-frozen_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PeriodTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=20)),
                ('measure', models.CharField(max_length=20)),
                ('cut', models.CharField(blank=True, max_length=20)),
                ('funding', models.CharField(blank=True, max_length=8)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('data', models.JSONField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'measure', 'cut', 'funding'), name='period_table_once')],
            },
        ),
        migrations.CreateModel(
            name='ReleasedCut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=20)),
                ('cut', models.CharField(max_length=20)),
                ('period', models.CharField(max_length=20)),
                ('data', models.JSONField(null=True)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'cut', 'period'), name='released_cut_once')],
            },
        ),
        migrations.CreateModel(
            name='StaleDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=20)),
                ('day', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'day'], name='reports_sta_measure_8f5890_idx')],
            },
        ),
        migrations.CreateModel(
            name='ReportRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('asked', 'Waits for the worker'), ('working', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made'), ('gone', 'Its files were removed')], default='asked', max_length=8)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('step', models.CharField(blank=True, help_text='What is being made', max_length=40)),
                ('made_at', models.DateTimeField(null=True)),
                ('kept_until', models.DateField(null=True)),
                ('files', models.JSONField(default=dict, help_text='Size and digest of each file, by its ending')),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless')),
                ('layout', models.CharField(max_length=20)),
                ('period', models.CharField(blank=True, help_text='Empty for a range of days', max_length=20)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('funding', models.CharField(blank=True, max_length=8)),
                ('content', models.JSONField(default=dict)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
                ('county', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.county')),
            ],
            options={
                'ordering': ['-asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('asked_by', 'key'), name='report_run_once'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='report_run_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ReportSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layout', models.CharField(max_length=20)),
                ('every', models.CharField(choices=[('quarter', 'When a quarter begins'), ('year', 'When a year begins')], max_length=8)),
                ('told', models.CharField(max_length=20)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'layout'), name='report_schedule_once'), models.CheckConstraint(condition=models.Q(('every__in', ['quarter', 'year'])), name='report_schedule_every_known')],
            },
        ),
        migrations.CreateModel(
            name='ReportText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layout', models.CharField(max_length=20)),
                ('block', models.CharField(max_length=20)),
                ('text', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-written_at', '-pk'],
                'indexes': [models.Index(fields=['layout', 'block'], name='reports_rep_layout_b39f7c_idx')],
            },
        ),
    ]
