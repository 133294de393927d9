import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('home', '0001_initial')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('audience', models.CharField(choices=[('public', 'Public'), ('members', 'Team members'), ('coordinators', 'Coordinators'), ('staff', 'Staff')], db_index=True, default='members', max_length=20)),
                ('intro', models.TextField(blank=True, help_text='Two or three plain sentences')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
    ]
