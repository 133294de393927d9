"""Rows of several tables are written together, and all or nothing."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.core import events, outbox, together
from portal.core.models import Effect, Event
from portal.core.together import Change, Insert
from portal.people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
KIND = "people.joined"


def test_rows_of_several_tables_are_written_and_the_last_have_their_ids() -> None:
    person = UserFactory(last_name="Before")
    made = [events.made(KIND, actor=person, subject=person, number=n) for n in (1, 2)]
    effects = [outbox.made("test.together", str(n)) for n in (1, 2, 3)]
    change = Change(User.objects.filter(pk=person.pk), {"last_name": "After"})
    with CaptureQueriesContext(connection) as found:
        together.write(change, Insert(effects, once=True), Insert(made))
    person.refresh_from_db()
    assert person.last_name == "After"
    assert Effect.objects.filter(kind="test.together").count() == 3
    kept = Event.objects.filter(kind=KIND).order_by("pk")
    assert [(row.pk, row.data) for row in kept] == [(row.pk, row.data) for row in made]
    writes = [q for q in found if "INSERT" in q["sql"] or "UPDATE" in q["sql"]]
    assert len(writes) == (1 if connection.vendor == "postgresql" else 3)


def test_what_is_there_already_is_left_as_it_is() -> None:
    outbox.add("test.together", "one", payload={"first": 1})
    again = outbox.made("test.together", "one", payload={"second": 2})
    together.write(Insert([again], once=True), Insert([events.made(KIND, actor=None)]))
    assert Effect.objects.get(kind="test.together").payload == {"first": 1}
    assert Event.objects.filter(kind=KIND).count() == 1


def test_one_row_that_is_refused_takes_the_others_with_it() -> None:
    outbox.add("test.together", "one")
    again = outbox.made("test.together", "one")
    with pytest.raises(IntegrityError), transaction.atomic():
        together.write(Insert([events.made(KIND, actor=None)]), Insert([again]))
    assert not Event.objects.filter(kind=KIND).exists()


def test_nothing_to_write_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as found:
        together.write(Insert([]), Insert([], once=True))
    assert not found.captured_queries


def test_an_only_part_is_written_alone() -> None:
    event = events.made(KIND, actor=None, key=str(uuid4()))
    together.write(Insert([]), Insert([event]))
    assert Event.objects.get(kind=KIND).pk == event.pk
