import assistance.models.attachments
import django.core.validators
from typing import Any

import django.db.models.deletion
import django.utils.timezone
import portal.core.privacy.validators
import taggit.managers
import uuid
from django.conf import settings
from django.db import migrations, models


# What PostgreSQL has beside the tables: any part of a subject is found by its trigrams.
INDEX = "assistance_ticket_subject_words"


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    # The expression is what Django asks for an `icontains`.
    schema_editor.execute(
        f"CREATE INDEX {INDEX} ON assistance_ticket USING gin (UPPER(subject::text) gin_trgm_ops)"
    )


def unmake(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    replaces = [('assistance', '0001_initial'), ('assistance', '0002_guidance'), ('assistance', '0003_clocks'), ('assistance', '0006_relations'), ('assistance', '0007_attachments'), ('assistance', '0008_activity'), ('assistance', '0009_queue_indexes'), ('assistance', '0010_words_of_subjects')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('people', '0001_tables'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('label', models.CharField(max_length=80, validators=[portal.core.privacy.validators.validate_screened], verbose_name='why')),
            ],
            options={
                'verbose_name': 'closure',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='NumberCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(unique=True)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='TypeNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('information', 'Information and referral'), ('review', 'Document or template review'), ('protocol', 'Protocol or MOU consultation'), ('training', 'Training request'), ('practice', 'Practice consultation (process only)'), ('data', 'Data and reporting'), ('partner', 'Partner coordination'), ('policy', 'Policy routing'), ('wellness', 'Staff wellness'), ('portal', 'Portal help')], max_length=12, unique=True, verbose_name='type')),
                ('lead_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(120)], verbose_name='business days it usually needs')),
                ('note', models.CharField(blank=True, max_length=160, validators=[portal.core.privacy.validators.validate_screened], verbose_name='note')),
            ],
            options={
                'verbose_name': 'lead time',
                'verbose_name_plural': 'lead times',
                'ordering': ['type'],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, unique=True)),
                ('text', models.TextField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('used_count', models.PositiveIntegerField(default=0, help_text='How often it was inserted')),
                ('key', models.UUIDField(unique=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topics', taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='taggit.TaggedItem', to='taggit.Tag', verbose_name='Tags')),
            ],
            options={
                'ordering': ['position', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urgency', models.CharField(choices=[('routine', 'Routine'), ('week', 'This week'), ('today', 'Today')], max_length=8, unique=True, verbose_name='urgency')),
                ('first_minutes', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(30), django.core.validators.MaxValueValidator(9600)], verbose_name='business minutes to the first reply')),
                ('answer_minutes', models.PositiveIntegerField(help_text='Time spent waiting on the requester does not count.', validators=[django.core.validators.MinValueValidator(60), django.core.validators.MaxValueValidator(48000)], verbose_name='business minutes to the answer')),
            ],
            options={
                'verbose_name': 'target of the clocks',
                'verbose_name_plural': 'targets of the clocks',
                'ordering': ['first_minutes'],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer_minutes__gte', models.F('first_minutes'))), name='answer_is_not_due_before_the_first_reply')],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(blank=True, max_length=16, null=True, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('in_progress', 'In progress'), ('waiting', 'Waiting on requester'), ('answered', 'Answered'), ('closed', 'Closed'), ('declined', 'Declined'), ('duplicate', 'Duplicate'), ('withdrawn', 'Withdrawn'), ('archived', 'Archived')], default='draft', max_length=12)),
                ('version', models.PositiveIntegerField(default=0)),
                ('type', models.CharField(blank=True, choices=[('information', 'Information and referral'), ('review', 'Document or template review'), ('protocol', 'Protocol or MOU consultation'), ('training', 'Training request'), ('practice', 'Practice consultation (process only)'), ('data', 'Data and reporting'), ('partner', 'Partner coordination'), ('policy', 'Policy routing'), ('wellness', 'Staff wellness'), ('portal', 'Portal help')], max_length=12)),
                ('urgency', models.CharField(blank=True, choices=[('routine', 'Routine'), ('week', 'This week'), ('today', 'Today')], max_length=8)),
                ('wanted_by', models.DateField(blank=True, null=True)),
                ('subject', models.CharField(blank=True, max_length=140)),
                ('question', models.TextField(blank=True)),
                ('setting', models.CharField(blank=True, choices=[('conference', 'Case conference or team meeting'), ('center', 'At the center'), ('agency', 'Within one agency'), ('court', 'Court or prosecution'), ('care', 'Congregate or foster care'), ('health', 'Health care'), ('school', 'School'), ('online', 'Online'), ('other', 'Somewhere else, or not about a place')], max_length=12)),
                ('age_band', models.CharField(blank=True, choices=[('children', 'Children'), ('teenagers', 'Teenagers'), ('adults', 'Young adults'), ('all', 'All ages')], max_length=12)),
                ('stage', models.CharField(blank=True, choices=[('preparing', 'Preparing or planning'), ('first', 'First response'), ('ongoing', 'Ongoing work'), ('after', 'Afterwards, looking back')], max_length=12)),
                ('funding', models.CharField(blank=True, choices=[('voca', 'VOCA'), ('cja', 'CJA'), ('state', 'State line'), ('other', 'Other')], max_length=8)),
                ('reason', models.CharField(blank=True, help_text='Why it ended unanswered', max_length=500)),
                ('is_merged', models.BooleanField(default=False, help_text='Its conversation goes on in the request it duplicates')),
                ('reopened_count', models.PositiveSmallIntegerField(default=0)),
                ('paused_minutes', models.PositiveIntegerField(default=0, help_text='Business minutes spent waiting on the requester')),
                ('is_on_hold', models.BooleanField(default=False, help_text='Legal hold: never archived')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('respond_by', models.DateTimeField(null=True)),
                ('answer_by', models.DateTimeField(null=True)),
                ('first_response_at', models.DateTimeField(null=True)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('waiting_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(help_text='Closed, declined, duplicate, withdrawn', null=True)),
                ('reopened_at', models.DateTimeField(null=True)),
                ('notice_at', models.DateTimeField(help_text='Told that silence will close it', null=True)),
                ('follow_up_on', models.DateField(null=True)),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests_assigned', to=settings.AUTH_USER_MODEL)),
                ('center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
                ('discipline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.discipline')),
                ('duplicate_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='assistance.ticket')),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='assistance.ticket')),
                ('involved', models.ManyToManyField(blank=True, related_name='+', to='people.discipline')),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests_made', to=settings.AUTH_USER_MODEL)),
                ('split_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='split_off', to='assistance.ticket')),
                ('topics', taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='taggit.TaggedItem', to='taggit.Tag', verbose_name='Tags')),
            ],
            options={
                'ordering': ['-submitted_at', '-pk'],
                'indexes': [models.Index(fields=['state', '-submitted_at'], name='assistance__state_b0beab_idx'), models.Index(fields=['center', 'state', '-submitted_at'], name='assistance__center__f6b9a5_idx'), models.Index(fields=['assignee', 'state', '-submitted_at'], name='assistance__assigne_22fd04_idx'), models.Index(fields=['requester', 'state'], name='assistance__request_d11f95_idx'), models.Index(condition=models.Q(('state__in', ['answered', 'in_progress', 'submitted', 'waiting'])), fields=['respond_by', 'id'], name='ticket_open_by_due'), models.Index(condition=models.Q(('state__in', ['answered', 'in_progress', 'submitted', 'waiting'])), fields=['center', '-submitted_at'], name='ticket_open_of_center'), models.Index(condition=models.Q(('state__in', ['archived', 'closed', 'declined', 'duplicate', 'withdrawn'])), fields=['-closed_at', '-id'], name='ticket_ended_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'in_progress', 'waiting', 'answered', 'closed', 'declined', 'duplicate', 'withdrawn', 'archived'])), name='ticket_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('state', 'draft'), ('submitted_at__isnull', True)), models.Q(models.Q(('state', 'draft'), _negated=True), ('center__isnull', False), ('number__isnull', False), ('respond_by__isnull', False), ('submitted_at__isnull', False), ('wanted_by__isnull', False), models.Q(('type', ''), _negated=True), models.Q(('urgency', ''), _negated=True)), _connector='OR'), name='ticket_submitted_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(('answered_at__isnull', False), ('assignee__isnull', False)), _connector='OR'), name='ticket_answered_has_answerer'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['closed', 'declined', 'duplicate', 'withdrawn'])), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='ticket_ended_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['declined', 'duplicate', 'withdrawn'])), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='ticket_end_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'duplicate'), _negated=True), ('duplicate_of__isnull', False), _connector='OR'), name='ticket_duplicate_has_target'), models.CheckConstraint(condition=models.Q(('is_merged', False), ('duplicate_of__isnull', False), _connector='OR'), name='ticket_merged_has_target')],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assistance.ticket')),
                ('later', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assistance.ticket')),
            ],
            options={
                'ordering': ['added_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('earlier', 'later'), name='relation_once'), models.CheckConstraint(condition=models.Q(('earlier__lt', models.F('later'))), name='relation_has_one_direction')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=140)),
                ('body', models.TextField()),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to=settings.AUTH_USER_MODEL)),
                ('center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
                ('ticket', models.ForeignKey(help_text='Sent on as', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='assistance.ticket')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='question_answer_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='PageLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('key', models.UUIDField(help_text='Made by the form', null=True, unique=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='assistance.ticket')),
            ],
            options={
                'ordering': ['added_at'],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'page'), name='page_linked_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'Reply'), ('note', 'Internal note')], max_length=8)),
                ('is_from_staff', models.BooleanField()),
                ('text', models.TextField()),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='assistance.ticket')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(fields=['ticket', 'kind', 'created_at'], name='assistance__ticket__99fd92_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'reply'), ('is_from_staff', True), _connector='OR'), name='note_is_from_staff')],
            },
        ),
        migrations.CreateModel(
            name='GuidanceDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('published_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidance_drafts', to='assistance.ticket')),
            ],
            options={
                'ordering': ['made_at'],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'page'), name='guidance_drafted_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('helped', models.CharField(blank=True, choices=[('yes', 'Yes, fully'), ('partly', 'Partly'), ('no', 'No')], max_length=8)),
                ('rating', models.PositiveSmallIntegerField(null=True)),
                ('comment', models.CharField(blank=True, max_length=300)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='assistance.ticket')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'round'), name='followed_up_once'), models.CheckConstraint(condition=models.Q(('rating__isnull', True), models.Q(('rating__gte', 1), ('rating__lte', 5)), _connector='OR'), name='rating_is_one_to_five'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('comment', ''), ('helped', ''), ('rating__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('helped__in', ['yes', 'partly', 'no']), ('rating__isnull', False)), _connector='OR'), name='follow_up_answer_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_internal', models.BooleanField(help_text='Seen by the manager and the assignee alone')),
                ('name', models.CharField(blank=True, max_length=120)),
                ('file', models.FileField(blank=True, upload_to=assistance.models.attachments.random_name)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('txt', 'TXT'), ('csv', 'CSV'), ('png', 'PNG'), ('jpeg', 'JPEG')], max_length=8)),
                ('names_kept', models.PositiveIntegerField(default=0)),
                ('unread_kept', models.PositiveIntegerField(default=0)),
                ('scan', models.CharField(blank=True, choices=[('', 'Not scanned'), ('waiting', 'Waiting for the scan'), ('clean', 'Scanned')], default='', max_length=8)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='assistance.message')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='assistance.ticket')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('name', ''), ('sha256', '')), models.Q(models.Q(('name', ''), _negated=True), models.Q(('file', ''), _negated=True)), _connector='OR'), name='attachment_goes_whole'), models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), ('file', ''), _connector='OR'), name='attachment_removed_is_gone')],
            },
        ),
        migrations.CreateModel(
            name='ActivityRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('training', 'Training'), ('assistance', 'Technical assistance'), ('both', 'Training and technical assistance')], max_length=10)),
                ('method', models.CharField(choices=[('in_person', 'In person'), ('video', 'By video'), ('phone', 'By phone'), ('writing', 'In writing')], max_length=10)),
                ('happened_on', models.DateField()),
                ('minutes', models.PositiveIntegerField()),
                ('attendees', models.PositiveIntegerField()),
                ('goal', models.CharField(blank=True, max_length=300)),
                ('working_notes', models.TextField(blank=True, help_text='Emptied when the record is approved')),
                ('funding', models.CharField(blank=True, choices=[('voca', 'VOCA'), ('cja', 'CJA'), ('state', 'State line'), ('other', 'Other')], max_length=8)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
                ('corrects', models.OneToOneField(help_text='What it replaces', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='assistance.activityrecord')),
                ('participants', models.ManyToManyField(related_name='+', to='people.discipline')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topics', models.ManyToManyField(related_name='+', to='taggit.tag')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='assistance.ticket')),
            ],
            options={
                'ordering': ['-happened_on', '-pk'],
                'indexes': [models.Index(fields=['center', '-happened_on'], name='assistance__center__f348ba_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__lte', 1440), models.Q(('minutes__gte', 1), ('method', 'writing'), _connector='OR')), name='activity_fits_a_day'), models.CheckConstraint(condition=models.Q(('attendees__gte', 1), ('attendees__lte', 5000)), name='activity_has_people'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('working_notes', '')), _connector='OR'), name='approved_activity_has_no_working_notes'), models.CheckConstraint(condition=models.Q(('type__in', ['training', 'assistance', 'both']), ('method__in', ['in_person', 'video', 'phone', 'writing'])), name='activity_type_and_method_known')],
            },
        ),
        migrations.CreateModel(
            name='TimeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worked_on', models.DateField(default=django.utils.timezone.localdate)),
                ('mode', models.CharField(choices=[('written', 'Written answer or review'), ('call', 'Call or video'), ('visit', 'Visit'), ('training', 'Training')], default='written', max_length=10)),
                ('staff_minutes', models.IntegerField()),
                ('activity_minutes', models.IntegerField(default=0)),
                ('attendees', models.PositiveIntegerField(default=0)),
                ('funding', models.CharField(blank=True, choices=[('voca', 'VOCA'), ('cja', 'CJA'), ('state', 'State line'), ('other', 'Other')], max_length=8)),
                ('key', models.UUIDField(help_text='Made by the form', null=True, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('activity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='time_entries', to='assistance.activityrecord')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='time_entries', to='assistance.ticket')),
            ],
            options={
                'verbose_name_plural': 'time entries',
                'ordering': ['worked_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('staff_minutes', 0), _negated=True), name='time_entry_says_something'), models.CheckConstraint(condition=models.Q(('staff_minutes__gte', -1440), ('staff_minutes__lte', 1440)), name='time_entry_fits_a_day'), models.CheckConstraint(condition=models.Q(('ticket__isnull', False), ('activity__isnull', False), _connector='OR'), name='time_entry_belongs_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='Watcher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watchers', to='assistance.ticket')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watching', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['added_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'user'), name='watches_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('protocol', 'We changed a protocol'), ('trained', 'We trained others'), ('practice', 'We changed our practice'), ('referral', 'We made a referral'), ('nothing', 'Nothing yet'), ('other', 'Something else')], max_length=10)),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='assistance.followup')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('follow_up', 'what'), name='change_said_once'), models.CheckConstraint(condition=models.Q(('what__in', ['protocol', 'trained', 'practice', 'referral', 'nothing', 'other'])), name='change_is_known')],
            },
        ),
        migrations.CreateModel(
            name='GoalChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('met', 'Met'), ('dropped', 'Dropped')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('role', models.CharField(max_length=20)),
                ('key', models.UUIDField(unique=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goal_changes', to='assistance.activityrecord')),
            ],
            options={
                'ordering': ['changed_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='dropped_goal_has_reason'), models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'in_progress', 'met', 'dropped'])), name='goal_status_known')],
            },
        ),
        migrations.CreateModel(
            name='NextStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=200)),
                ('side', models.CharField(choices=[('staff', 'Program staff'), ('center', 'The center')], max_length=8)),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='assistance.activityrecord')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='step_done_is_whole'), models.CheckConstraint(condition=models.Q(('side__in', ['staff', 'center']), models.Q(('what', ''), _negated=True)), name='step_says_who_what')],
            },
        ),
        migrations.CreateModel(
            name='SpecialistSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, help_text='The last day; empty while it holds', null=True)),
                ('capacity', models.CharField(blank=True, max_length=140)),
                ('key', models.UUIDField(unique=True)),
                ('topics', taggit.managers.TaggableManager(help_text='A comma-separated list of tags.', through='taggit.TaggedItem', to='taggit.Tag', verbose_name='Tags')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['user__last_name', 'user__first_name', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='assistance_specialistseat_ends_after_start')],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
