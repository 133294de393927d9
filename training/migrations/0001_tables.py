import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import modelcluster.contrib.taggit
import modelcluster.fields
import portal.core.privacy.validators
import training.captions
import training.models.glossary
import training.models.outside
import training.video_files
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('training', '0001_initial'), ('training', '0002_urgent_corrections'), ('training', '0003_requirements'), ('training', '0004_quiz_kinds'), ('training', '0005_assignments'), ('training', '0006_lesson_blocks'), ('training', '0007_credit_and_evaluation'), ('training', '0008_updates_and_suggestions'), ('training', '0009_live_and_outside'), ('training', '0010_outside')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('people', '0001_tables'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PathwayPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'Public'), ('members', 'Team members'), ('coordinators', 'Coordinators'), ('staff', 'Staff')], db_index=True, default='members', max_length=20)),
                ('summary', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'pathway',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='TrainingIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'Public'), ('members', 'Team members'), ('coordinators', 'Coordinators'), ('staff', 'Staff')], db_index=True, default='members', max_length=20)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='AssignmentPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, choices=[('member', 'Member'), ('coordinator', 'Coordinator'), ('specialist', 'Specialist'), ('author', 'Author'), ('manager', 'Program manager'), ('trainer', 'Trainer'), ('reviewer', 'Reviewer'), ('deputy', 'Deputy')], max_length=12)),
                ('days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)])),
                ('again_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(60)])),
                ('window_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(180)])),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_on', models.DateField(null=True)),
                ('center', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
                ('discipline', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.discipline')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='training.pathwaypage')),
            ],
            options={
                'ordering': ['pathway__title', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('pathway'), django.db.models.functions.comparison.Coalesce('center', 0), django.db.models.functions.comparison.Coalesce('discipline', 0), models.F('role'), condition=models.Q(('ended_on__isnull', True)), name='one_open_plan')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intervals', models.JSONField(default=list)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('source', models.CharField(choices=[('code', 'Code of the session'), ('list', "The trainer's list"), ('walk_in', 'Came without registering'), ('import', 'Join and leave times of the meeting')], max_length=8)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.CharField(blank=True, choices=[('left_early', 'Came late or left early'), ('was_there', 'Was there, and the record lacked it'), ('not_there', 'Was not there'), ('wrong_person', 'Recorded for the wrong person'), ('meeting_times', "The meeting's times say otherwise")], max_length=14)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='training.attendance')),
            ],
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('completed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('attendance', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='training.attendance')),
                ('center', models.ForeignKey(help_text="The first of the person's centers", null=True, on_delete=django.db.models.deletion.PROTECT, to='people.center')),
                ('discipline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.discipline')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completions', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CompletionAnnulment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('wrong_person', 'Recorded for the wrong person'), ('duplicate', 'Recorded twice'), ('error', 'Recorded in error')], max_length=20)),
                ('annulled_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('annulled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('completion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='annulment', to='training.completion')),
            ],
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cycle', models.PositiveSmallIntegerField(default=1)),
                ('number', models.PositiveSmallIntegerField(help_text='The release number it is pinned to')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('completed_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='completion',
            name='enrolment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='training.enrolment'),
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=training.models.glossary.new_key, editable=False, max_length=50, unique=True)),
                ('term', models.CharField(max_length=80, validators=[portal.core.privacy.validators.validate_screened])),
                ('definition', models.TextField(help_text='One to three plain sentences; they must be true in every lesson', max_length=800, validators=[portal.core.privacy.validators.validate_screened])),
                ('source', models.CharField(blank=True, max_length=200, validators=[portal.core.privacy.validators.validate_screened])),
                ('source_url', models.URLField(blank=True, verbose_name='address of the source')),
            ],
            options={
                'verbose_name': 'glossary term',
                'ordering': [django.db.models.functions.text.Lower('term')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('term'), name='glossary_term_once', violation_error_message='This term is in the glossary already.')],
            },
        ),
        migrations.CreateModel(
            name='LiveSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('summary', models.TextField(blank=True)),
                ('starts_at', models.DateTimeField(db_index=True)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('virtual', 'Online'), ('hybrid', 'In person and online')], max_length=12)),
                ('place', models.CharField(blank=True, max_length=160)),
                ('capacity', models.PositiveSmallIntegerField(help_text='None is no limit', null=True)),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('topics', models.JSONField(default=list, help_text='From the fixed list; for the certificate')),
                ('objectives', models.TextField(blank=True, help_text='One in a line; for the certificate')),
                ('pause_minutes', models.PositiveSmallIntegerField(default=0, help_text='Do not count')),
                ('threshold', models.PositiveSmallIntegerField(default=80, help_text='Per cent of its length that one has to be there for credit')),
                ('funding', models.CharField(blank=True, choices=[('voca', 'VOCA'), ('cja', 'CJA'), ('state', 'State line'), ('other', 'Other')], max_length=8)),
                ('check_in_code', models.CharField(blank=True, max_length=6)),
                ('settled_at', models.DateTimeField(null=True)),
                ('center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='attendance',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='training.livesession'),
        ),
        migrations.CreateModel(
            name='ModulePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'Public'), ('members', 'Team members'), ('coordinators', 'Coordinators'), ('staff', 'Staff')], db_index=True, default='members', max_length=20)),
                ('code', models.CharField(help_text='F04', max_length=10, unique=True)),
                ('summary', models.TextField(blank=True, help_text='What it is, in two sentences')),
                ('objectives', wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Line', 'max_length': 255})})),
                ('sensitivity', models.PositiveSmallIntegerField(choices=[(1, '1: procedure and practice, no description of harm'), (2, '2: speaks of coercion and harm in general terms'), (3, '3: speaks of coercion and harm at some length')], default=1)),
                ('sensitivity_note', models.CharField(blank=True, help_text='What the level means here, in one sentence', max_length=300)),
                ('quiz_draw', models.PositiveSmallIntegerField(blank=True, help_text='How many of the questions each try takes, drawn anew. Leave empty to ask them all. Questions that are asked six months later too are always among them.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='Questions drawn')),
                ('pass_mark', models.PositiveSmallIntegerField(default=80, help_text='Per cent of the quiz', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)])),
                ('review_by', models.DateField(blank=True, help_text='Read again by this day', null=True)),
                ('sources', wagtail.fields.StreamField([('source', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200}), 1: ('wagtail.blocks.URLBlock', (), {'label': 'Address', 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('label', 0), ('url', 1)]], {})})),
                ('lessons', wagtail.fields.StreamField([('lesson', 46)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('1', '1: procedure and practice, no description of harm'), ('2', '2: speaks of coercion and harm in general terms'), ('3', '3: speaks of coercion and harm at some length')], 'label': 'Sensitivity'}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'One factual line, from sensitivity 2 on: what this lesson speaks of', 'label': 'Content note', 'max_length': 300, 'required': False}), 3: ('portal.core.blocks.ProseBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ul', 'ol', 'link', 'blockquote']}), 4: ('portal.core.blocks.ProseBlock', (), {'features': ['bold', 'italic', 'ul', 'ol'], 'label': 'Text'}), 5: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 4)]], {}), 6: ('wagtail.blocks.TextBlock', (), {'label': 'Prompt', 'rows': 3}), 7: ('wagtail.blocks.StructBlock', [[('prompt', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 3}), 9: ('wagtail.blocks.StructBlock', [[('text', 8)]], {}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 160}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'Step', 'max_length': 160}), 12: ('wagtail.blocks.TextBlock', (), {'label': 'What it means', 'required': False, 'rows': 3}), 13: ('wagtail.blocks.StructBlock', [[('title', 11), ('text', 12)]], {}), 14: ('wagtail.blocks.ListBlock', (13,), {'label': 'Steps'}), 15: ('wagtail.blocks.StructBlock', [[('title', 10), ('items', 14)]], {}), 16: ('wagtail.blocks.StructBlock', [[('title', 10), ('text', 8)]], {}), 17: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'blocks/picture.html'}), 18: ('portal.core.blocks.ProseBlock', (), {'features': ['bold', 'italic', 'ul', 'ol'], 'label': 'Situation'}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'What you could do', 'max_length': 200}), 20: ('wagtail.blocks.TextBlock', (), {'label': 'What happens then', 'rows': 3}), 21: ('wagtail.blocks.TextBlock', (), {'help_text': 'Never shaming: each choice has a reason', 'label': 'What this teaches', 'rows': 2}), 22: ('wagtail.blocks.StructBlock', [[('text', 19), ('outcome', 20), ('teaches', 21)]], {}), 23: ('wagtail.blocks.ListBlock', (22,), {'label': 'Choices', 'max_num': 4, 'min_num': 2}), 24: ('wagtail.blocks.StructBlock', [[('title', 0), ('situation', 18), ('choices', 23)]], {}), 25: ('training.blocks.VideoBlock', (), {}), 26: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'What it is, in one line', 'max_length': 200}), 28: ('wagtail.blocks.StructBlock', [[('document', 26), ('title', 0), ('about', 27)]], {}), 29: ('wagtail.snippets.blocks.SnippetChooserBlock', ('training.GlossaryTerm',), {}), 30: ('wagtail.blocks.ListBlock', (29,), {'label': 'Terms', 'max_num': 12, 'min_num': 1}), 31: ('wagtail.blocks.StructBlock', [[('terms', 30)]], {}), 32: ('wagtail.blocks.StreamBlock', [[('text', 3), ('vignette', 5), ('reflection', 7), ('moment', 9), ('steps', 15), ('callout', 16), ('picture', 17), ('choice_vignette', 24), ('video', 25), ('download', 28), ('glossary', 31)]], {'label': 'Text'}), 33: ('wagtail.blocks.StreamBlock', [[('text', 3), ('vignette', 5), ('reflection', 7), ('moment', 9), ('steps', 15), ('callout', 16), ('picture', 17), ('choice_vignette', 24), ('video', 25), ('download', 28), ('glossary', 31)]], {'help_text': 'Same length, less detail, same credit. The same check follows, so it must be answerable from either version.', 'label': 'The other version', 'required': False}), 34: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('single', 'One answer'), ('multiple', 'Several answers'), ('true_false', 'True or false'), ('matching', 'Match each line'), ('ordering', 'Put in order'), ('short', 'A word or a few')], 'help_text': 'Matching: each line with what belongs to it. In order: the lines in the right order. A word or a few: each answer that is accepted; case, marks and “the” do not count.', 'label': 'Kind'}), 35: ('wagtail.blocks.TextBlock', (), {'label': 'Question', 'rows': 2}), 36: ('wagtail.blocks.TextBlock', (), {'label': 'Answer, or line', 'rows': 2}), 37: ('wagtail.blocks.CharBlock', (), {'help_text': 'For matching alone. Two lines may share the same.', 'label': 'What belongs to it', 'max_length': 160, 'required': False}), 38: ('wagtail.blocks.BooleanBlock', (), {'label': 'This is right', 'required': False}), 39: ('wagtail.blocks.TextBlock', (), {'help_text': 'Shown beside the answer; never shaming', 'label': 'Feedback', 'rows': 2}), 40: ('wagtail.blocks.StructBlock', [[('text', 36), ('match', 37), ('correct', 38), ('feedback', 39)]], {}), 41: ('wagtail.blocks.ListBlock', (40,), {'label': 'Options', 'min_num': 1}), 42: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where to look again; it must not give the answer away.', 'label': 'Hint after a wrong answer', 'max_length': 300, 'required': False}), 43: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'In the quiz alone. The gain of a module is measured on these questions.', 'label': 'Ask it before the module and six months later as well', 'required': False}), 44: ('wagtail.blocks.StructBlock', [[('kind', 34), ('prompt', 35), ('options', 41), ('hint', 42), ('linked', 43)]], {}), 45: ('wagtail.blocks.ListBlock', (44,), {'label': 'Knowledge check', 'min_num': 1}), 46: ('wagtail.blocks.StructBlock', [[('title', 0), ('sensitivity', 1), ('content_note', 2), ('body', 32), ('alternative', 33), ('checks', 45)]], {})})),
                ('quiz', wagtail.fields.StreamField([('question', 10)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('single', 'One answer'), ('multiple', 'Several answers'), ('true_false', 'True or false'), ('matching', 'Match each line'), ('ordering', 'Put in order'), ('short', 'A word or a few')], 'help_text': 'Matching: each line with what belongs to it. In order: the lines in the right order. A word or a few: each answer that is accepted; case, marks and “the” do not count.', 'label': 'Kind'}), 1: ('wagtail.blocks.TextBlock', (), {'label': 'Question', 'rows': 2}), 2: ('wagtail.blocks.TextBlock', (), {'label': 'Answer, or line', 'rows': 2}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'For matching alone. Two lines may share the same.', 'label': 'What belongs to it', 'max_length': 160, 'required': False}), 4: ('wagtail.blocks.BooleanBlock', (), {'label': 'This is right', 'required': False}), 5: ('wagtail.blocks.TextBlock', (), {'help_text': 'Shown beside the answer; never shaming', 'label': 'Feedback', 'rows': 2}), 6: ('wagtail.blocks.StructBlock', [[('text', 2), ('match', 3), ('correct', 4), ('feedback', 5)]], {}), 7: ('wagtail.blocks.ListBlock', (6,), {'label': 'Options', 'min_num': 1}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where to look again; it must not give the answer away.', 'label': 'Hint after a wrong answer', 'max_length': 300, 'required': False}), 9: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'In the quiz alone. The gain of a module is measured on these questions.', 'label': 'Ask it before the module and six months later as well', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('kind', 0), ('prompt', 1), ('options', 7), ('hint', 8), ('linked', 9)]], {})})),
                ('is_in_preparation', models.BooleanField(default=False, help_text='Shown in the catalogue as being prepared; nobody can start it yet')),
                ('planned_minutes', models.PositiveSmallIntegerField(blank=True, help_text='A plan, never shown as credit', null=True)),
                ('planned_lessons', wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Line', 'max_length': 255})})),
                ('change_kind', models.CharField(choices=[('editorial', 'Editorial: wording only, everyone gets it at once'), ('substantive', 'Substantive: people under way keep what they began')], default='editorial', help_text='Adding, removing or reordering lessons or questions, right answers and the pass mark are substantive whatever is chosen here.', max_length=12, verbose_name='This change is')),
                ('what_changed', models.TextField(blank=True, help_text='For a substantive change: two or three sentences for somebody who knows the earlier version. Reviewers read them, and past completers if you offer it.')),
                ('offers_update', models.BooleanField(default=False, help_text='They are shown what changed and can read the new text. Their completion, certificate and credit stay as they are.', verbose_name='Offer this to people who completed an earlier version')),
                ('disciplines', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Leave empty when it is for everyone', to='people.discipline')),
            ],
            options={
                'verbose_name': 'module',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AddField(
            model_name='livesession',
            name='module',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='training.modulepage'),
        ),
        migrations.CreateModel(
            name='EvaluationHeld',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='Its first day')),
                ('answers', models.JSONField(default=list)),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.livesession')),
                ('module', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.modulepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('module', 'month'), name='held_once_a_month'), models.UniqueConstraint(fields=('session', 'month'), name='session_held_once_a_month'), models.CheckConstraint(condition=models.Q(models.Q(('module__isnull', False), ('session__isnull', True)), models.Q(('module__isnull', True), ('session__isnull', False)), _connector='OR'), name='held_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(null=True)),
                ('clear', models.PositiveSmallIntegerField()),
                ('length', models.PositiveSmallIntegerField()),
                ('useful', models.PositiveSmallIntegerField()),
                ('safe', models.PositiveSmallIntegerField()),
                ('objectives', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True)),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.livesession')),
                ('module', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.modulepage')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('module__isnull', False), ('session__isnull', True)), models.Q(('module__isnull', True), ('session__isnull', False)), _connector='OR'), name='answer_of_one_thing'), models.CheckConstraint(condition=models.Q(('clear__range', (1, 5))), name='evaluation_clear_on_scale'), models.CheckConstraint(condition=models.Q(('length__range', (1, 5))), name='evaluation_length_on_scale'), models.CheckConstraint(condition=models.Q(('useful__range', (1, 5))), name='evaluation_useful_on_scale'), models.CheckConstraint(condition=models.Q(('safe__range', (1, 5))), name='evaluation_safe_on_scale'), models.CheckConstraint(condition=models.Q(('objectives__range', (1, 5))), name='evaluation_objectives_on_scale')],
            },
        ),
        migrations.AddField(
            model_name='enrolment',
            name='module',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.modulepage'),
        ),
        migrations.AddField(
            model_name='completion',
            name='module',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='training.modulepage'),
        ),
        migrations.CreateModel(
            name='ModuleRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('slug', models.SlugField()),
                ('number', models.PositiveSmallIntegerField()),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('title', models.CharField(max_length=255)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('outline', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('released_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='releases', to='training.modulepage')),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'number', 'edition'), name='release_once')],
            },
        ),
        migrations.CreateModel(
            name='EditSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Taken up'), ('declined', 'Not taken up')], default='open', max_length=10)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('lesson_id', models.CharField(blank=True, max_length=36)),
                ('kind', models.CharField(choices=[('unclear', 'Unclear'), ('out_of_date', 'Out of date'), ('wrong', 'Wrong'), ('language', 'Language'), ('accessibility', 'Accessibility'), ('other', 'Something else')], max_length=20)),
                ('text', models.TextField()),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='training.modulepage')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.modulerelease')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'made_at'], name='training_ed_state_8ed0e0_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='suggestion_answer_is_whole')],
            },
        ),
        migrations.AddField(
            model_name='completion',
            name='release',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='training.modulerelease'),
        ),
        migrations.CreateModel(
            name='ModuleReviewState',
            fields=[
                ('taskstate_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.taskstate')),
                ('signs', models.JSONField(default=list)),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.taskstate',),
        ),
        migrations.CreateModel(
            name='ModuleReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'Second person for modules',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='ModuleTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='training.modulepage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='modulepage',
            name='topics',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='training.ModuleTopic', to='taggit.Tag', verbose_name='Tags'),
        ),
        migrations.CreateModel(
            name='Nudge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nudges', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-sent_at'],
            },
        ),
        migrations.CreateModel(
            name='NudgeWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('snoozed_until', models.DateField(blank=True, null=True)),
                ('is_stopped', models.BooleanField(default=False)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='nudge_wish', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OutreachTalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('happened_on', models.DateField(db_index=True)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('virtual', 'Online'), ('hybrid', 'In person and online')], max_length=12)),
                ('topics', models.JSONField(default=list)),
                ('funding', models.CharField(blank=True, choices=[('voca', 'VOCA'), ('cja', 'CJA'), ('state', 'State line'), ('other', 'Other')], max_length=8)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('is_void', models.BooleanField(default=False)),
                ('center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
                ('corrects', models.OneToOneField(help_text='What it replaces', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='training.outreachtalk')),
                ('county', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.county')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-happened_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='talk_minutes'), models.CheckConstraint(condition=models.Q(('is_void', False), ('corrects__isnull', False), _connector='OR'), name='void_talk_takes_one_back')],
            },
        ),
        migrations.CreateModel(
            name='OutsideTraining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('provider', models.CharField(max_length=160)),
                ('completed_on', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('live', 'In a room or live online'), ('self', "In one's own time"), ('conference', 'At a conference'), ('peer_review', 'Peer review')], max_length=12)),
                ('topics', models.JSONField(default=list, help_text='What it was about, from the fixed list')),
                ('name', models.CharField(blank=True, max_length=120)),
                ('file', models.FileField(blank=True, upload_to=training.models.outside.random_name)),
                ('size', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(blank=True, max_length=8)),
                ('scan', models.CharField(blank=True, choices=[('', 'Not scanned'), ('waiting', 'Waiting for the scan'), ('clean', 'Scanned')], default='', max_length=8)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('state', models.CharField(choices=[('sent', 'Waits for its review'), ('returned', 'Sent back'), ('accepted', 'Accepted'), ('withdrawn', 'Withdrawn')], default='sent', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('returned_for', models.CharField(blank=True, choices=[('unreadable', 'The paper cannot be read'), ('no_name', "The paper does not carry the person's name"), ('minutes', 'The paper does not say the hours, or other ones'), ('day', 'The paper does not say the day, or another one'), ('other_paper', 'It is not a proof of taking part'), ('twice', 'It was handed in already')], max_length=12)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-completed_on', '-pk'],
                'indexes': [models.Index(fields=['state', 'sent_at'], name='training_ou_state_113c34_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 12000)), name='outside_minutes'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'returned']), _negated=True), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='outside_review_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('returned_for', ''), _negated=True), _connector='OR'), name='outside_return_has_reason')],
            },
        ),
        migrations.AddField(
            model_name='completion',
            name='outside',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='training.outsidetraining'),
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('modules', models.JSONField(help_text='Ids of module pages')),
                ('cycle', models.PositiveSmallIntegerField(default=1)),
                ('assigned_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('counts_from', models.DateField(null=True)),
                ('due_on', models.DateField()),
                ('completed_on', models.DateField(null=True)),
                ('waived_on', models.DateField(null=True)),
                ('waiver', models.CharField(blank=True, choices=[('elsewhere', 'Has equal training from elsewhere'), ('leave', 'Is on leave'), ('role', "Is not part of this person's work"), ('center', 'Is asked by another center')], max_length=12)),
                ('withdrawn_on', models.DateField(null=True)),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pathway_assignments', to=settings.AUTH_USER_MODEL)),
                ('waived_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='training.assignmentplan')),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='training.pathwaypage')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['due_on'], name='training_as_due_on_c4e753_idx')],
                'constraints': [models.UniqueConstraint(fields=('person', 'pathway', 'cycle'), name='assignment_once_a_cycle'), models.UniqueConstraint(condition=models.Q(('completed_on', None), ('waived_on', None), ('withdrawn_on', None)), fields=('person', 'pathway'), name='one_open_pathway_assignment'), models.CheckConstraint(condition=models.Q(models.Q(('waived_by', None), ('waived_on', None), ('waiver', '')), models.Q(('waived_by__isnull', False), ('waived_on__isnull', False), models.Q(('waiver', ''), _negated=True)), _connector='OR'), name='waiver_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='PathwayStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pathway_steps', to='training.modulepage')),
                ('pathway', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='training.pathwaypage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('pathway', 'module'), name='module_once_on_pathway')],
            },
        ),
        migrations.CreateModel(
            name='ProtocolVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=40)),
                ('adopted_on', models.DateField()),
                ('review_by', models.DateField()),
                ('changes', models.TextField(blank=True, help_text='What changed, one line each')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='protocols', to='people.center')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('center', 'version'), name='protocol_version_once'), models.CheckConstraint(condition=models.Q(('review_by__gt', models.F('adopted_on'))), name='protocol_review_is_later')],
            },
        ),
        migrations.CreateModel(
            name='ProtocolSignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.CharField(max_length=120)),
                ('signed_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('removed_at', models.DateTimeField(help_text='When it was taken back as a mistake', null=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('protocol', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='training.protocolversion')),
            ],
            options={
                'ordering': ['agency', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('protocol', 'agency'), name='agency_signs_once')],
            },
        ),
        migrations.CreateModel(
            name='QuestionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_id', models.CharField(max_length=36)),
                ('kind', models.CharField(choices=[('single', 'One answer'), ('multiple', 'Several answers'), ('true_false', 'True or false'), ('matching', 'Match each line'), ('ordering', 'Put in order'), ('short', 'A word or a few')], max_length=12)),
                ('prompt', models.TextField()),
                ('options', models.JSONField()),
                ('hint', models.CharField(blank=True, help_text='After a wrong answer of lines or words', max_length=300)),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question_id', 'sha256'), name='question_version_once')],
            },
        ),
        migrations.CreateModel(
            name='QuizAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('check', 'Knowledge check'), ('quiz', 'Quiz'), ('before', 'Before the module'), ('later', 'Six months later'), ('again', 'What was missed, once more')], max_length=10)),
                ('lesson_id', models.CharField(blank=True, max_length=36)),
                ('question_ids', models.JSONField(help_text='Ids of question versions, in the order shown')),
                ('pass_mark', models.PositiveSmallIntegerField(help_text='Per cent')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('closed_at', models.DateTimeField(null=True)),
                ('score', models.PositiveSmallIntegerField(help_text='Per cent', null=True)),
                ('passed', models.BooleanField(default=False)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='training.enrolment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('enrolment', 'kind', 'lesson_id'), name='one_open_attempt')],
            },
        ),
        migrations.CreateModel(
            name='ProgressEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('lesson', 'Lesson marked read'), ('quiz', 'Quiz handed in'), ('before', 'Questions before the module handed in'), ('later', 'Questions six months later handed in'), ('again', 'What was missed handed in again')], max_length=20)),
                ('lesson_id', models.CharField(blank=True, max_length=36)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='training.enrolment')),
                ('attempt', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='training.quizattempt')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('placed_at', models.DateTimeField(null=True)),
                ('helps', models.JSONField(default=list, help_text='What helps the person take part')),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='training.livesession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('session', 'person'), name='one_open_registration')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='update_offer', to='training.modulerelease')),
            ],
        ),
        migrations.CreateModel(
            name='RequirementRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=160)),
                ('standard', models.CharField(help_text='Whose rule it is', max_length=160)),
                ('edition', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(choices=[('initial', 'Once, at the beginning'), ('rolling', 'Within a window that moves with every day'), ('annual', 'Each calendar year'), ('cycle', 'Within a cycle that ends on a fixed day')], max_length=8)),
                ('window_months', models.PositiveSmallIntegerField(blank=True, help_text='Of a rolling window or of a cycle', null=True, validators=[django.core.validators.MaxValueValidator(120)])),
                ('hour_minutes', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(45), django.core.validators.MaxValueValidator(60)])),
                ('rounding', models.CharField(choices=[('cut', 'Cut to hundredths of an hour'), ('quarter', 'Cut to quarters of an hour'), ('half', 'Cut to halves of an hour'), ('whole', 'Cut to whole hours')], default='cut', max_length=8)),
                ('is_licence', models.BooleanField(default=False, help_text='Applies to who names the licence')),
                ('counts_every_module', models.BooleanField(default=False, help_text='Else only what an offer of credit names counts')),
                ('needs_approved_curriculum', models.BooleanField(default=False)),
                ('effective_from', models.DateField()),
                ('effective_to', models.DateField(blank=True, null=True)),
                ('note', models.TextField(blank=True, validators=[portal.core.privacy.validators.validate_screened])),
                ('source', models.CharField(blank=True, max_length=200)),
                ('source_url', models.URLField(blank=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('disciplines', models.ManyToManyField(blank=True, help_text='Leave empty for the whole team', related_name='+', to='people.discipline')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['is_licence', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['rolling', 'cycle']), _negated=True), models.Q(('window_months__gt', 0), ('window_months__isnull', False)), _connector='OR'), name='requirement_window_is_said'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cycle'), _negated=True), ('is_licence', True), _connector='OR'), name='requirement_cycle_is_licence'), models.CheckConstraint(condition=models.Q(('effective_to__isnull', True), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='requirement_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='RequirementClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('minutes', 'Minutes, all or of a category'), ('topics', 'Each of some topics covered'), ('distinct', 'A number of different topics of a category'), ('events', 'A number of events, such as peer reviews'), ('share', 'A largest share of one kind of source')], max_length=8)),
                ('label', models.CharField(max_length=200)),
                ('minutes', models.PositiveIntegerField(blank=True, help_text='Clock minutes', null=True)),
                ('category', models.SlugField(blank=True, help_text='Empty: everything counts')),
                ('topics', models.JSONField(blank=True, default=list)),
                ('count', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('share', models.PositiveSmallIntegerField(blank=True, help_text='Per cent at most', null=True, validators=[django.core.validators.MaxValueValidator(100)])),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='training.requirementrule')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'minutes'), _negated=True), models.Q(('minutes__gt', 0), ('minutes__isnull', False)), _connector='OR'), name='clause_minutes_said'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['distinct', 'events']), _negated=True), models.Q(('count__gt', 0), ('count__isnull', False)), _connector='OR'), name='clause_count_said'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'share'), _negated=True), ('share__isnull', False), _connector='OR'), name='clause_share_said')],
            },
        ),
        migrations.CreateModel(
            name='Licence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cycle_ends_on', models.DateField(help_text='The last day of a cycle, this one or an earlier')),
                ('named_on', models.DateField(default=django.utils.timezone.localdate, editable=False)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='licences', to=settings.AUTH_USER_MODEL)),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='licences', to='training.requirementrule')),
            ],
            options={
                'ordering': ['rule__name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('person', 'rule'), name='one_open_licence')],
            },
        ),
        migrations.CreateModel(
            name='CreditOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, help_text='Empty: the published minutes of the release', null=True)),
                ('category', models.SlugField(blank=True)),
                ('approval_number', models.CharField(blank=True, max_length=60, validators=[portal.core.privacy.validators.validate_screened])),
                ('needs_evaluation', models.BooleanField(default=False, help_text='Credit is awarded once the learner has evaluated the module')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='training.livesession')),
                ('module', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='training.modulepage')),
                ('outside', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='training.outsidetraining')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='training.requirementrule')),
            ],
            options={
                'ordering': ['rule', 'module'],
                'constraints': [models.UniqueConstraint(fields=('module', 'rule', 'valid_from'), name='offer_once_from_a_day'), models.UniqueConstraint(fields=('session', 'rule'), name='session_offer_once'), models.UniqueConstraint(fields=('outside', 'rule'), name='outside_offer_once'), models.CheckConstraint(condition=models.Q(models.Q(('module__isnull', False), ('outside__isnull', True), ('session__isnull', True)), models.Q(('module__isnull', True), ('outside__isnull', True), ('session__isnull', False)), models.Q(('module__isnull', True), ('outside__isnull', False), ('session__isnull', True)), _connector='OR'), name='offer_of_one_thing'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='offer_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='CreditAward',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('category', models.SlugField(blank=True)),
                ('topics', models.JSONField(default=list)),
                ('standard', models.CharField(help_text='Whose rule it was', max_length=160)),
                ('approval_number', models.CharField(blank=True, max_length=60)),
                ('activity_on', models.DateField()),
                ('awarded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('completion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='training.completion')),
                ('offer', models.ForeignKey(help_text='Empty where every module counts, or where the offer was deleted since', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='awards', to='training.creditoffer')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='training.requirementrule')),
            ],
            options={
                'ordering': ['activity_on', 'completion_id'],
                'constraints': [models.UniqueConstraint(fields=('completion', 'rule'), name='award_once')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chosen', models.JSONField(help_text='What was picked, as `scoring` says')),
                ('is_right', models.BooleanField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='training.quizattempt')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='training.questionversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('attempt', 'question'), name='response_once')],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('staff', 'Staff review'), ('legal', 'Legal review'), ('survivor', 'Survivor review')], max_length=10)),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_offs', to='training.modulepage')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'number', 'kind'), name='sign_off_once')],
            },
        ),
        migrations.CreateModel(
            name='TalkCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('profession', 'Professionals of a discipline'), ('community', 'Community members'), ('caregivers', 'Parents and caregivers'), ('students', 'Students and young people'), ('other', 'Others')], max_length=12)),
                ('people', models.PositiveSmallIntegerField()),
                ('discipline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.discipline')),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='training.outreachtalk')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('talk', 'discipline'), name='profession_once_a_talk'), models.UniqueConstraint(condition=models.Q(('audience', 'profession'), _negated=True), fields=('talk', 'audience'), name='audience_once_a_talk'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'profession'), ('discipline__isnull', False)), models.Q(models.Q(('audience', 'profession'), _negated=True), ('discipline__isnull', True)), _connector='OR'), name='talk_count_of_profession_or_audience'), models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='talk_count_is_somebody')],
            },
        ),
        migrations.CreateModel(
            name='UpdateRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('update', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='training.releaseupdate')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'update'), name='update_read_once')],
            },
        ),
        migrations.CreateModel(
            name='UrgentCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('help_line', 'A help line or contact was wrong'), ('law', 'A law, policy or duty was stated wrongly'), ('safety', 'Following the text could put somebody at risk'), ('identifying', 'Something could identify a person'), ('fact', 'Another fact was wrong')], max_length=12)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('review_by', models.DateField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='training.modulerelease')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['review_by', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('made_by')), _negated=True), _connector='OR'), name='correction_second_person')],
            },
        ),
        migrations.CreateModel(
            name='Video',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, validators=[portal.core.privacy.validators.validate_screened])),
                ('file', training.video_files.CheckedFileField(help_text='MP4 or WebM, at most 200 MB', upload_to=training.video_files.random_name, validators=[training.video_files.validate_video], verbose_name='video file')),
                ('length_minutes', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(180)], verbose_name='minutes')),
                ('length_seconds', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(59)], verbose_name='seconds')),
                ('lang', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('es', 'Spanish'), ('fr', 'French'), ('ht', 'Haitian Creole'), ('kea', 'Cape Verdean Creole'), ('km', 'Khmer'), ('pt', 'Portuguese'), ('ru', 'Russian'), ('vi', 'Vietnamese'), ('zh', 'Chinese')], default='en', max_length=3, verbose_name='language')),
                ('captions', training.video_files.CheckedFileField(help_text='WebVTT (.vtt): every word that is spoken, and sounds that matter', upload_to=training.video_files.random_name, validators=[training.captions.validate_captions])),
                ('transcript', models.TextField(help_text='All that is said, and all that is shown; a blank line between paragraphs', validators=[portal.core.privacy.validators.validate_screened])),
                ('described', training.video_files.CheckedFileField(blank=True, help_text='The same video with a voice that says what is shown; as long as the video itself, so that the captions fit both', upload_to=training.video_files.random_name, validators=[training.video_files.validate_video], verbose_name='described version')),
                ('says_all', models.BooleanField(default=False, help_text='Nobody needs to see the picture to follow: no described version is needed', verbose_name='All that is shown is said')),
                ('digests', models.JSONField(default=dict, editable=False)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'video',
                'ordering': ['title', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('says_all', True), models.Q(('described', ''), _negated=True), _connector='OR'), name='video_is_described'), models.CheckConstraint(condition=models.Q(('length_minutes__gt', 0), ('length_seconds__gt', 0), _connector='OR'), name='video_has_length')],
            },
        ),
        migrations.CreateModel(
            name='AccreditationPack',
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
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('facts', models.JSONField(default=dict)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
            ],
            options={
                'ordering': ['-asked_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='pack_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True)),
                ('content', models.JSONField()),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('pdf_sha256', models.CharField(blank=True, help_text='Empty until it is made', max_length=64)),
                ('pdf_standard', models.CharField(blank=True, help_text='ua-1; empty where a name holds a sign that no font of ours has', max_length=10)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='training.certificate')),
                ('completion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='training.completion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('supersedes__isnull', True)), fields=('completion',), name='first_certificate_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('declined_on', models.DateField(null=True)),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='follow_up', to='training.enrolment')),
            ],
            options={
                'indexes': [models.Index(fields=['due_on'], name='training_fo_due_on_3f9296_idx')],
            },
        ),
        migrations.CreateModel(
            name='LessonProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lesson_id', models.CharField(max_length=36)),
                ('completed_at', models.DateTimeField(null=True)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='training.enrolment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enrolment', 'lesson_id'), name='lesson_once')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationDone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('enrolment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_done', to='training.enrolment')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations_done', to='training.livesession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='session_evaluated_once'), models.CheckConstraint(condition=models.Q(models.Q(('enrolment__isnull', False), ('person__isnull', True), ('session__isnull', True)), models.Q(('enrolment__isnull', True), ('person__isnull', False), ('session__isnull', False)), _connector='OR'), name='evaluation_of_one_thing')],
            },
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('supersedes__isnull', True)), fields=('session', 'person'), name='one_first_attendance'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('supersedes__isnull', True)), models.Q(('supersedes__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='attendance_correction_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 600)), name='session_minutes'),
        ),
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.CheckConstraint(condition=models.Q(('pause_minutes__lt', models.F('minutes'))), name='session_pauses_are_shorter'),
        ),
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.CheckConstraint(condition=models.Q(('threshold__gte', 1), ('threshold__lte', 100)), name='session_threshold'),
        ),
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='session_settled_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gte', 1), _connector='OR'), name='session_capacity'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('person', 'module', 'cycle'), name='enrolment_once'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('completed_at__isnull', True)), fields=('person', 'module'), name='one_open_enrolment'),
        ),
        migrations.AddIndex(
            model_name='completion',
            index=models.Index(fields=['completed_at'], name='training_co_complet_b9a751_idx'),
        ),
        migrations.AddIndex(
            model_name='completion',
            index=models.Index(fields=['person', 'completed_at'], name='training_co_person__d10e94_idx'),
        ),
        migrations.AddConstraint(
            model_name='completion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attendance__isnull', True), ('enrolment__isnull', False), ('module__isnull', False), ('outside__isnull', True), ('release__isnull', False)), models.Q(('attendance__isnull', False), ('enrolment__isnull', True), ('module__isnull', True), ('outside__isnull', True), ('release__isnull', True)), models.Q(('attendance__isnull', True), ('enrolment__isnull', True), ('module__isnull', True), ('outside__isnull', False), ('release__isnull', True)), _connector='OR'), name='completion_of_one_thing'),
        ),
    ]
