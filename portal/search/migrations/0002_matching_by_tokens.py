"""Changes no table: with it `migrate` runs, after which the function of matching is made anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_tables")]
    operations = []
