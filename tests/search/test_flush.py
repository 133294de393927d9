"""After a flush the full-text table holds no words of what is gone."""

import pytest
from django.core.management import call_command
from django.db import connection

from portal.search import fulltext


@pytest.mark.django_db(transaction=True)
def test_a_flush_empties_the_full_text_table() -> None:
    fulltext.write(connection, [(1, ("agenda", "", ""))])
    call_command("flush", interactive=False, verbosity=0)
    fulltext.write(connection, [(1, ("agenda", "", ""))])
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {fulltext.TABLE}")
        assert cursor.fetchone() == (0,)
