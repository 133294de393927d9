import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial'), ('core', '0002_event_seal'), ('core', '0003_screen_overrides'), ('core', '0004_redactions'), ('core', '0005_mail_log'), ('core', '0006_workers')]

    initial = True

    dependencies = [
        # Whatever comes with a library first: each of its steps costs more, the more tables there are.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('sessions', '0001_initial'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('usersessions', '0001_initial'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailsearchpromotions', '0008_query_verbose_name'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DemoMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='EventSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(unique=True)),
                ('event_id', models.BigIntegerField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('heard_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slot', models.DateTimeField(null=True)),
                ('held_until', models.DateTimeField(null=True)),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, help_text="The error's class only", max_length=120)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=120)),
                ('bucket', models.CharField(blank=True, max_length=60)),
                ('payload', models.JSONField(default=dict)),
                ('urgency', models.PositiveSmallIntegerField(choices=[(0, 'A person waits for it'), (1, 'As it happens'), (2, 'When nothing else waits')], db_default=1, default=1)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('leased_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, help_text="The error's class only", max_length=120)),
                ('done_at', models.DateTimeField(null=True)),
                ('dead_at', models.DateTimeField(null=True)),
                ('set_aside_at', models.DateTimeField(null=True)),
                ('set_aside_as', models.CharField(blank=True, choices=[('settled', 'It was settled in another way'), ('late', 'It is too late for it'), ('gone', 'Whoever or whatever it was for is no longer here'), ('mistake', 'It was asked for by mistake')], db_default='', max_length=10)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['due_at'], name='effect_open'), models.Index(condition=models.Q(('dead_at__isnull', True), ('done_at__isnull', True)), fields=['urgency', 'due_at'], name='effect_next')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject', 'bucket'), name='effect_once'), models.CheckConstraint(condition=models.Q(models.Q(('set_aside_as', ''), ('set_aside_at', None)), models.Q(('dead_at__isnull', False), ('set_aside_at__isnull', False), models.Q(('set_aside_as', ''), _negated=True)), _connector='OR'), name='effect_set_aside_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(max_length=60)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('subject_type', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.CharField(blank=True, max_length=60)),
                ('center_id', models.BigIntegerField(null=True)),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'at'], name='core_event_kind_871a6e_idx'), models.Index(fields=['subject_type', 'subject_id', 'at'], name='core_event_subject_022ee4_idx'), models.Index(fields=['actor_id', 'at'], name='core_event_actor_i_180b5c_idx')],
            },
        ),
        migrations.CreateModel(
            name='MailLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effect_id', models.BigIntegerField(unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('user_id', models.BigIntegerField(null=True)),
                ('mail_class', models.CharField(max_length=20)),
                ('template', models.CharField(max_length=40)),
                ('about_type', models.CharField(blank=True, max_length=60)),
                ('about_id', models.BigIntegerField(null=True)),
                ('goes', models.CharField(choices=[('now', 'By itself'), ('soon', 'With what happened within minutes'), ('hour', 'In the summary of the hour'), ('day', 'In the daily mail')], default='now', max_length=4)),
                ('outcome', models.CharField(choices=[('waiting', 'Waits'), ('trying', 'On its way'), ('sent', 'Sent'), ('off', 'Not wanted'), ('no_right', 'No longer for this person'), ('left', 'The person has left'), ('suppressed', 'Mail to the address came back before'), ('refused', 'Refused by the mail server'), ('given_up', 'Could not be handed to the mail server'), ('bounced', 'Came back')], max_length=12)),
                ('code', models.CharField(blank=True, help_text='Status of the server, no words', max_length=12)),
                ('sent_by', models.BigIntegerField(null=True)),
                ('message_id', models.CharField(blank=True, max_length=320)),
                ('sent_at', models.DateTimeField(null=True)),
                ('context', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['user_id', 'sent_at'], name='core_maillo_user_id_25539d_idx'), models.Index(fields=['message_id'], name='core_maillo_message_d8978a_idx'), models.Index(fields=['sent_by'], name='core_maillo_sent_by_ce4274_idx'), models.Index(condition=models.Q(('outcome', 'waiting')), fields=['goes', 'user_id'], name='mail_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.CharField(max_length=60)),
                ('center_id', models.BigIntegerField(null=True)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('category', models.CharField(help_text='A kind of the screen, or other', max_length=20)),
                ('reason', models.CharField(choices=[('typed', 'It was typed in spite of the screen'), ('pasted', 'It came with a text that was pasted in'), ('together', 'Details that identify somebody only together'), ('wished', 'The person concerned, or who speaks for them, asked')], max_length=20)),
                ('characters', models.PositiveIntegerField(default=0)),
                ('places', models.PositiveIntegerField(default=0)),
                ('withheld', models.JSONField(default=list)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='core_redact_subject_657d67_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), models.Q(('declined_by', None), models.Q(('declined_by', models.F('asked_by')), _negated=True), _connector='OR')), name='redaction_second_person'), models.CheckConstraint(condition=models.Q(('agreed_at', None), ('declined_at', None), _connector='OR'), name='redaction_decided_once'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='redaction_agreed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='RedactedSpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=60)),
                ('object_id', models.CharField(max_length=60)),
                ('field', models.CharField(max_length=60)),
                ('start', models.PositiveIntegerField()),
                ('length', models.PositiveIntegerField()),
                ('text_length', models.PositiveIntegerField()),
                ('redaction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='core.redaction')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['model', 'object_id'], name='core_redact_model_1903f6_idx')],
            },
        ),
        migrations.CreateModel(
            name='ScreenOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('form', models.CharField(max_length=60)),
                ('field', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=20)),
                ('times', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'form', 'field', 'kind', 'reason'), name='override_counted_once')],
            },
        ),
    ]
