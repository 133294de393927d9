"""The manager searches the audit; looking and exporting are events as well."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import events
from portal.core.models import Event
from tests.world import World


def rows(client: Client, query: str = "") -> str:
    return client.get(f"/audit/?{query}").content.decode()


def test_it_says_who_did_what_about_whom(world: World, client: Client) -> None:
    events.record("people.left", actor=world.manager, subject=world.member, taker=None)
    client.force_login(world.manager)
    page = rows(client, "kind=people.left")
    assert "Ended a person&#x27;s access" in page or "Ended a person's access" in page
    assert "Robin Member" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=people.", True),
        ("kind=training.", False),
        ("person=robin", True),
        ("person=nobody-of-this-name", False),
        ("since=2031-01-01", False),
        ("until=2001-01-01", False),
        ("since=no-day&kind=nonsense&center=x", True),
    ],
)
def test_each_filter_narrows_and_nonsense_filters_nothing(
    world: World, client: Client, query: str, found: bool
) -> None:
    events.record("people.left", actor=world.manager, subject=world.member, taker=None)
    client.force_login(world.manager)
    assert ('<th scope="row">Ended a person' in rows(client, query)) is found


def test_looking_and_exporting_are_recorded(world: World, client: Client) -> None:
    client.force_login(world.manager)
    rows(client)
    answer = client.get("/audit/events.csv?kind=people.")
    assert answer["Content-Type"].startswith("text/csv")
    kinds = set(Event.objects.filter(actor_id=world.manager.pk).values_list("kind", flat=True))
    assert {"audit.viewed", "audit.exported"} <= kinds


def test_the_number_of_queries_is_the_same_for_one_row_and_a_page_full(
    world: World, client: Client
) -> None:
    client.force_login(world.manager)
    rows(client)  # fills the caches of the frame
    counts = []
    for number in (1, 60):
        for index in range(number):
            person = list(world.people.values())[index % 10]
            events.record("people.viewed", actor=person, subject=world.member)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows(client, "kind=people.viewed")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_days_are_those_of_massachusetts(world: World, client: Client) -> None:
    late = timezone.make_aware(timezone.datetime(2026, 3, 1, 23, 30))  # type: ignore[attr-defined]
    events.record("people.left", actor=None, subject=world.member, at=late, taker=None)
    client.force_login(world.manager)
    day = "since=2026-03-01&until=2026-03-01"
    assert "Robin Member" in rows(client, day)
    assert "Robin Member" not in rows(client, "since=2026-03-02&kind=people.left")
    assert late.astimezone(timezone.get_fixed_timezone(0)).date() == (
        late.date() + timedelta(days=1)
    )


def test_the_check_button_verifies_and_says_so(world: World, client: Client) -> None:
    client.force_login(world.manager)
    assert "The chain holds" in client.post("/audit/check/").content.decode()
