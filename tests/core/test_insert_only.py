"""Facts stay facts: the triggers stand, and they refuse."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from portal.core import events, insert_only
from portal.core.models import Event
from portal.people.models import Center


@pytest.mark.django_db
def test_every_insert_only_table_has_its_triggers() -> None:
    assert insert_only.missing() == []
    assert "core_event" in insert_only.tables()


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_an_event_can_be_neither_changed_nor_deleted(change: str) -> None:
    event = events.record("test.happened", actor=None)
    rows = Event.objects.filter(pk=event.pk)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        rows.update(kind="test.other") if change == "update" else rows.delete()
    assert Event.objects.get(pk=event.pk).kind == "test.happened"


@pytest.mark.django_db(transaction=True)
def test_after_a_flush_the_triggers_and_the_reference_data_are_there() -> None:
    events.record("test.happened", actor=None)
    call_command("flush", interactive=False, verbosity=0)
    assert insert_only.missing() == []
    assert not Event.objects.exists()
    assert Center.objects.count() == 12


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_truncate_facts() -> None:
    with pytest.raises(DatabaseError, match="insert-only"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_event")
