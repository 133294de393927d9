import django.db.models.deletion
import django.utils.timezone
import modelcluster.contrib.taggit
import modelcluster.fields
import portal.core.privacy.validators
import resources.review
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('resources', '0001_initial'), ('resources', '0002_library'), ('resources', '0003_acknowledgements'), ('resources', '0004_directory'), ('resources', '0005_initiatives'), ('resources', '0006_published_versions')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('people', '0001_tables'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Language',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='LibraryPage',
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
            name='ResourceCollection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, unique=True, validators=[portal.core.privacy.validators.validate_screened], verbose_name='title')),
                ('line', models.CharField(blank=True, max_length=200, validators=[portal.core.privacy.validators.validate_screened], verbose_name='in one line')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'collection',
                'verbose_name_plural': 'collections',
                'ordering': ['order', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['name'],
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('taggit.tag',),
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.TextField(help_text='As the source says it', validators=[portal.core.privacy.validators.validate_screened], verbose_name='statement')),
                ('figure', models.CharField(help_text='As it is printed', max_length=60, validators=[portal.core.privacy.validators.validate_screened], verbose_name='figure')),
                ('source', models.CharField(max_length=200, validators=[portal.core.privacy.validators.validate_screened], verbose_name='source')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='address of the source')),
                ('source_date', models.CharField(blank=True, help_text='As exact as it is known: a day, a year, a fiscal year', max_length=60, validators=[portal.core.privacy.validators.validate_screened], verbose_name='date of the source')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by')),
            ],
            options={
                'verbose_name': 'fact',
                'verbose_name_plural': 'facts and figures',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GuidanceReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'guidance review',
            },
            bases=(resources.review.ScreensComments, 'wagtailcore.task'),
        ),
        migrations.CreateModel(
            name='GuidanceVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('what_changed', models.TextField(blank=True)),
                ('effective_on', models.DateField(null=True)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='guidance_versions', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'ordering': ['-published_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('page', 'version'), name='guidance_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Highlight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waits for a second person'), ('published', 'Published')], default='draft', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('has_no_names', models.BooleanField(default=False)),
                ('has_no_story', models.BooleanField(default=False)),
                ('has_no_places', models.BooleanField(default=False)),
                ('has_no_days', models.BooleanField(default=False)),
                ('has_no_small_numbers', models.BooleanField(default=False)),
                ('is_agreed', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('remark', models.CharField(blank=True, help_text='Why it came back', max_length=300)),
                ('published_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.center')),
            ],
            options={
                'ordering': ['-published_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('has_no_days', True), ('has_no_names', True), ('has_no_places', True), ('has_no_small_numbers', True), ('has_no_story', True), ('is_agreed', True)), _connector='OR'), name='highlight_is_checked'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('approved_by__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='published_highlight_is_approved'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('author')), _negated=True), _connector='OR'), name='highlight_approved_by_another'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waiting', 'published'])), name='highlight_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=120, validators=[portal.core.privacy.validators.validate_screened], verbose_name='name')),
                ('aim', models.TextField(help_text='Two or three sentences', validators=[portal.core.privacy.validators.validate_screened], verbose_name='what it is for')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('active', 'Under way'), ('paused', 'Paused'), ('finished', 'Finished')], default='planned', max_length=10, verbose_name='state')),
                ('audience', models.CharField(choices=[('coordinators', 'Coordinators and staff'), ('members', 'Everyone on a team')], default='coordinators', max_length=20, verbose_name='who may read it')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'initiative',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['coordinators', 'members'])), name='initiative_audience_known')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='resources.initiative')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-written_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, validators=[portal.core.privacy.validators.validate_screened], verbose_name='milestone')),
                ('due_on', models.DateField(verbose_name='due')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ('initiative', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='resources.initiative')),
            ],
            options={
                'verbose_name': 'milestone',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OfficeHour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(blank=True, help_text='Empty when it recurs', null=True, verbose_name='day')),
                ('repeats', models.CharField(blank=True, help_text='For example “first Tuesday of the month”', max_length=80, validators=[portal.core.privacy.validators.validate_screened], verbose_name='recurs')),
                ('time', models.CharField(help_text='For example “10 to 11 am”', max_length=60, validators=[portal.core.privacy.validators.validate_screened], verbose_name='time')),
                ('place', models.CharField(blank=True, max_length=120, validators=[portal.core.privacy.validators.validate_screened], verbose_name='place')),
                ('url', models.URLField(blank=True, help_text='The address of the call', verbose_name='online')),
                ('note', models.CharField(blank=True, max_length=200, validators=[portal.core.privacy.validators.validate_screened], verbose_name='what it is about')),
            ],
            options={
                'verbose_name': 'office hour',
                'ordering': ['day', 'repeats', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('day__isnull', False), ('repeats', '')), models.Q(('day__isnull', True), models.Q(('repeats', ''), _negated=True)), _connector='OR'), name='office_hour_has_a_day_or_recurs', violation_error_message='Give a day, or say how it recurs, not both.')],
            },
        ),
        migrations.CreateModel(
            name='PanelReviewState',
            fields=[
                ('taskstate_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.taskstate')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.taskstate',),
        ),
        migrations.CreateModel(
            name='PanelReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'review of hard pages by the panel',
            },
            bases=(resources.review.ScreensComments, 'wagtailcore.task'),
        ),
        migrations.CreateModel(
            name='PublishedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('is_first', models.BooleanField()),
                ('published_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='published_versions', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'version'), name='published_version_once'), models.UniqueConstraint(condition=models.Q(('is_first', True)), fields=('page',), name='published_first_once')],
            },
        ),
        migrations.CreateModel(
            name='ReadingReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='resources.guidanceversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'version', 'number'), name='reminded_once'), models.CheckConstraint(condition=models.Q(('number__range', (1, 3))), name='reminded_at_most_thrice')],
            },
        ),
        migrations.CreateModel(
            name='ResourcePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'Public'), ('members', 'Team members'), ('coordinators', 'Coordinators'), ('staff', 'Staff')], db_index=True, default='members', max_length=20)),
                ('line', models.CharField(blank=True, help_text='Shown below the title in lists', max_length=200, verbose_name='in one line')),
                ('kind', models.CharField(choices=[('template', 'Template'), ('checklist', 'Checklist'), ('guide', 'Guide'), ('quick-guide', 'Quick guide'), ('tip-sheet', 'Tip sheet'), ('tool', 'Tool'), ('toolkit', 'Toolkit'), ('brief', 'Brief'), ('research', 'Research brief'), ('worksheet', 'Worksheet'), ('video', 'Video'), ('recording', 'Recording'), ('guidance', 'Guidance')], default='guide', max_length=20, verbose_name='kind')),
                ('sensitivity', models.PositiveSmallIntegerField(choices=[(1, '1: nothing hard'), (2, '2: speaks of exploitation in general terms'), (3, '3: hard to read')], default=1, verbose_name='sensitivity')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('pt', 'Portuguese'), ('ht', 'Haitian Creole'), ('kea', 'Cape Verdean Creole'), ('zh', 'Chinese'), ('vi', 'Vietnamese'), ('km', 'Khmer'), ('ar', 'Arabic'), ('ru', 'Russian'), ('fr', 'French')], default='en', max_length=10, verbose_name='language')),
                ('version', models.CharField(default='1.0', max_length=20, verbose_name='version')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='in effect from')),
                ('review_by', models.DateField(blank=True, help_text='Needed before it is published', null=True, verbose_name='review by')),
                ('source', models.TextField(blank=True, help_text='Whose text it is and how it may be used', verbose_name='source and license')),
                ('body', wagtail.fields.StreamField([('text', 0), ('steps', 6), ('callout', 8), ('checklist', 11)], blank=True, block_lookup={0: ('portal.core.blocks.ProseBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 160}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Step', 'max_length': 160}), 3: ('wagtail.blocks.TextBlock', (), {'label': 'What it means', 'required': False, 'rows': 3}), 4: ('wagtail.blocks.StructBlock', [[('title', 2), ('text', 3)]], {}), 5: ('wagtail.blocks.ListBlock', (4,), {'label': 'Steps'}), 6: ('wagtail.blocks.StructBlock', [[('title', 1), ('items', 5)]], {}), 7: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 3}), 8: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 7)]], {}), 9: ('wagtail.blocks.CharBlock', (), {'max_length': 400}), 10: ('wagtail.blocks.ListBlock', (9,), {'label': 'Items'}), 11: ('wagtail.blocks.StructBlock', [[('title', 1), ('items', 10)]], {})}, verbose_name='text')),
                ('sources', wagtail.fields.StreamField([('source', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200}), 1: ('wagtail.blocks.URLBlock', (), {'label': 'Address', 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('label', 0), ('url', 1)]], {})}, verbose_name='sources')),
                ('must_read', models.CharField(choices=[('nobody', 'Nobody'), ('coordinators', 'Coordinators'), ('members', 'All team members'), ('disciplines', 'The disciplines that the page is for')], default='nobody', help_text='For guidance; a new version asks them again', max_length=20, verbose_name='who must say that they read it')),
                ('what_changed', models.TextField(blank=True, help_text='Two or three sentences for somebody who knows the version before', verbose_name='what changed in this version')),
                ('minutes', models.PositiveSmallIntegerField(default=1, editable=False, help_text='Counted from the words', verbose_name='reading minutes')),
                ('disciplines', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Leave empty when it is for everyone', related_name='+', to='people.discipline', verbose_name='disciplines')),
                ('kept_by', models.ForeignKey(blank=True, help_text='Who keeps it up to date', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='resources.resourcepage', verbose_name='replaces')),
            ],
            options={
                'verbose_name': 'resource',
                'verbose_name_plural': 'resources',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('accessible_on', models.DateField(blank=True, null=True, verbose_name='checked to be accessible on')),
                ('accessible_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='document')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='resources.resourcepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('accessible_on__isnull', False), ('accessible_by__isnull', True), _connector='OR'), name='file_check_has_its_day', violation_error_message='Give the day of the check.')],
            },
        ),
        migrations.CreateModel(
            name='PageSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Taken up'), ('declined', 'Not taken up')], default='open', max_length=10)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('version', models.CharField(help_text='Which version was read', max_length=20)),
                ('kind', models.CharField(choices=[('unclear', 'Unclear'), ('out_of_date', 'Out of date'), ('wrong', 'Wrong'), ('language', 'Language'), ('accessibility', 'Accessibility'), ('other', 'Something else'), ('format', 'Another format')], max_length=20)),
                ('wanted', models.CharField(blank=True, choices=[('large_print', 'Large print'), ('screen_reader', 'A file for a screen reader'), ('braille', 'Braille'), ('audio', 'Audio'), ('easy_read', 'Easy to read'), ('translation', 'Another language'), ('paper', 'On paper'), ('other', 'Something else')], max_length=20)),
                ('text', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='resources.resourcepage')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'made_at'], name='resources_p_state_6ee9e5_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='page_suggestion_answer_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'format'), models.Q(('wanted', ''), _negated=True)), models.Q(models.Q(('kind', 'format'), _negated=True), ('wanted', '')), _connector='OR'), name='page_suggestion_names_its_format')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('initiative', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='resources.initiative')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='resources.resourcepage', verbose_name='resource')),
            ],
            options={
                'verbose_name': 'document',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'page'), name='document_once')],
            },
        ),
        migrations.CreateModel(
            name='CollectionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('collection', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='resources.resourcecollection')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='resources.resourcepage', verbose_name='page')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('collection', 'page'), name='page_once_in_a_collection')],
            },
        ),
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookmarks', to='resources.resourcepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'page'), name='bookmarked_once')],
            },
        ),
        migrations.CreateModel(
            name='ResourceTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='resources.resourcepage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='resourcepage',
            name='topics',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='Two or three words each, separated by commas', through='resources.ResourceTopic', to='taggit.Tag', verbose_name='topics'),
        ),
        migrations.CreateModel(
            name='ResourceUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='resource_uses', to=settings.WAGTAIL_PAGE_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='resources_r_day_c7d2ac_idx')],
                'constraints': [models.UniqueConstraint(fields=('person', 'page', 'day'), name='resource_use_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, unique=True, verbose_name='name')),
                ('category', models.CharField(choices=[('center', "Children's advocacy center"), ('advocacy', 'Victim advocacy'), ('peer', 'Peer mentors'), ('emotional', 'Emotional support'), ('safety', 'Safety services'), ('medical', 'Medical'), ('legal', 'Legal'), ('housing', 'Housing'), ('other', 'Not sorted yet')], default='other', max_length=20, verbose_name='category')),
                ('about', models.TextField(blank=True, verbose_name='what it offers')),
                ('eligibility', models.TextField(blank=True, verbose_name='who it is for')),
                ('how_to_refer', models.TextField(blank=True, verbose_name='how to refer')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('needs_verifying', models.BooleanField(default=True, verbose_name='verify before use')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('counties', models.ManyToManyField(blank=True, help_text='Leave empty when it serves the whole state', related_name='+', to='people.county', verbose_name='counties')),
                ('languages', models.ManyToManyField(blank=True, help_text='Those it says it speaks, interpreters included; leave empty when not said', related_name='+', to='resources.language', verbose_name='languages')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verified by')),
            ],
            options={
                'verbose_name': 'service',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ServiceNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('settled_at', models.DateTimeField(null=True)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='resources.service')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='service_note_settled_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='TopicSynonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True)),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='synonyms', to='taggit.tag')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='UsefulnessAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(null=True)),
                ('is_useful', models.BooleanField()),
                ('text', models.TextField(blank=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='resources.resourcepage')),
            ],
        ),
        migrations.CreateModel(
            name='UsefulnessDone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='resources.resourcepage')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'page'), name='usefulness_said_once')],
            },
        ),
        migrations.CreateModel(
            name='UsefulnessHeld',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='Its first day')),
                ('answers', models.JSONField(default=list)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='resources.resourcepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'month'), name='usefulness_held_once_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('acknowledged_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='acknowledgements', to=settings.WAGTAIL_PAGE_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['page', 'version'], name='resources_a_page_id_bf592f_idx')],
                'constraints': [models.UniqueConstraint(fields=('person', 'page', 'version'), name='acknowledged_once')],
            },
        ),
        migrations.CreateModel(
            name='Forum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened_on', models.DateField()),
                ('level', models.CharField(choices=[('local', 'Local'), ('state', 'State'), ('national', 'National')], max_length=10)),
                ('kind', models.CharField(choices=[('presentation', 'Presentation'), ('testimony', 'Testimony'), ('briefing', 'Briefing'), ('task_force', 'Task force')], max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('audience', models.PositiveIntegerField(help_text='How many listened, where known', null=True)),
                ('funding', models.CharField(choices=[('voca', 'VOCA'), ('cja', 'CJA'), ('state', 'State line'), ('other', 'Other')], max_length=8)),
                ('key', models.UUIDField(help_text='Made by the form: a second post is harmless', unique=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-happened_on', '-pk'],
                'indexes': [models.Index(fields=['-happened_on'], name='resources_f_happene_d6cfd8_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['local', 'state', 'national']), ('kind__in', ['presentation', 'testimony', 'briefing', 'task_force']), ('funding__in', ['voca', 'cja', 'state', 'other'])), name='forum_choices_known'), models.CheckConstraint(condition=models.Q(('audience__isnull', True), models.Q(('audience__gte', 1), ('audience__lte', 100000)), _connector='OR'), name='forum_audience_fits')],
            },
        ),
    ]
