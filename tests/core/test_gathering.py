"""Several querysets in one statement give what each gives by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance.models import Message, Ticket
from portal.core import events, gathering
from portal.core.gathering import CountUpTo, IsThere, Rows
from portal.core.models import Event
from portal.people import roles
from tests.assistance.making import assigned, draft, say, sent
from tests.world import World

NAME = ("first_name", "last_name", "is_active")


def values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_come_whole_in_their_order_and_of_their_types(world: World) -> None:
    ticket = assigned(world)
    say(ticket, world.coordinator, 'A "word" with \\ and é')
    sent(world)
    events.record("test.happened", actor=None, text="1", list=[1, 2])
    querysets = [
        Ticket.objects.order_by("-pk"),
        Message.objects.all(),
        Event.objects.order_by("pk"),
        Event.objects.order_by("-pk")[:1],
        Ticket.objects.none(),
    ]
    wanted = {f"q{n}": Rows(queryset) for n, queryset in enumerate(querysets)}
    with CaptureQueriesContext(connection) as asked:
        found = gathering.read(**wanted)
    assert len(asked) == 1
    for n, queryset in enumerate(querysets):
        assert [values(row) for row in found[f"q{n}"]] == [values(row) for row in queryset]
    assert found["q0"][0].submitted_at - timezone.now() < timedelta(0)


def test_related_rows_and_annotations_come_along_and_a_missing_one_is_none(world: World) -> None:
    ticket, other = assigned(world), sent(world)
    rows = Ticket.objects.order_by("pk").filter(pk__in=[ticket.pk, other.pk])
    with CaptureQueriesContext(connection) as asked:
        found = gathering.read(
            rows=Rows(rows, only=("number",), assignee=NAME, requester=NAME),
        )["rows"]
        assert [row.number for row in found] == [ticket.number, other.number]
        assert found[0].assignee.last_name == world.specialist.last_name
        assert found[1].assignee is None
        assert found[1].requester == world.coordinator
    assert len(asked) == 1


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (3, 3), (9, 3)])
def test_counting_stops_at_its_limit(world: World, limit: int, count: int) -> None:
    for _ in range(3):
        draft(world.coordinator)
    found = gathering.read(
        drafts=CountUpTo(limit, Ticket.objects.all()),
        none=CountUpTo(limit, Ticket.objects.none()),
    )
    assert found == {"drafts": count, "none": 0}


def test_what_is_there_is_told_from_what_is_not(world: World) -> None:
    ticket = sent(world)
    with CaptureQueriesContext(connection) as asked:
        found = gathering.read(
            one=IsThere(Ticket.objects.filter(pk=ticket.pk)),
            other=IsThere(Ticket.objects.filter(pk=ticket.pk + 1)),
            none=IsThere(Ticket.objects.none()),
        )
    assert found == {"one": True, "other": False, "none": False}
    assert len(asked) == 1


def test_nothing_is_asked_where_nothing_can_be_found() -> None:
    nobody = Ticket.objects.none()
    assert gathering.read(rows=Rows(nobody), count=CountUpTo(9, nobody)) == {"rows": [], "count": 0}


def test_prepared_it_is_compiled_once_for_each_shape(world: World) -> None:
    @gathering.prepared
    def asked(
        number: str, user_id: int, held: tuple[str, ...], centers: list[int]
    ) -> dict[str, Rows | IsThere | CountUpTo]:
        user = roles.holder(user_id, held, centers)
        seen = Ticket.objects.submitted().visible_to(user).filter(number=number)
        none = Ticket.objects.none()
        return {
            "rows": Rows(seen, only=("number",), requester=NAME),
            "is_there": IsThere(seen),
            "count": CountUpTo(9, seen),
            "none": Rows(none),
        }

    tickets = [assigned(world), sent(world)]
    for ticket in tickets:
        for user in (world.manager, world.specialist, world.coordinator, world.member):
            found = asked(str(ticket.number), *roles.plain(user))
            seen = Ticket.objects.submitted().visible_to(user).filter(pk=ticket.pk)
            assert found["rows"] == list(seen)
            assert (found["is_there"], found["count"]) == (seen.exists(), seen.count())
            assert found["none"] == []
    assert len(asked.forms) == 4
    with CaptureQueriesContext(connection) as statements:
        asked(str(tickets[0].number), *roles.plain(world.manager))
    assert len(statements) == 1
