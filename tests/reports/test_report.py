"""The report counts what was done in its period, and nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from portal.core.models import Event
from portal.reports import measures
from portal.reports.periods import Period
from tests.assistance import making
from tests.training.factories import make_module
from tests.world import World
from training import completions, enrolments
from training.models import Completion, Enrolment

EASTERN = ZoneInfo("America/New_York")


def complete(world: World, account: str, code: str, at: datetime) -> Completion:
    """A completion as it would stand: the rules are tested in tests/training."""
    page, release = make_module(code)
    enrolment = enrolments.enrol(person=world.people[account], module=page)
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at)
    person = world.people[account]
    return Completion.objects.create(
        person=person,
        enrolment=enrolment,
        module=page,
        release=release,
        completed_at=at,
        minutes=release.minutes,
        discipline=person.discipline,
        center=person.centers.first(),
    )


def figures(slug: str) -> dict[str, float]:
    return {f.key: f.value for f in measures.read(Period.parse(slug)).figures}


def test_the_fiscal_year_changes_between_two_completions_an_hour_apart(world: World) -> None:
    complete(world, "member", "F04", datetime(2026, 6, 30, 23, 30, tzinfo=EASTERN))
    complete(world, "member", "F05", datetime(2026, 7, 1, 0, 30, tzinfo=EASTERN))
    assert figures("ma-2026")["completions"] == 1
    assert figures("ma-2027")["completions"] == 1
    assert figures("calendar-2026")["completions"] == 2
    assert figures("calendar-2026")["persons"] == 1


def test_completions_are_cut_by_discipline_and_center_of_their_day(world: World) -> None:
    at = datetime(2026, 8, 3, 12, tzinfo=EASTERN)
    done = complete(world, "member", "F04", at)
    complete(world, "other_member", "F05", at)
    report = measures.read(Period.parse("ma-2027-q1"))
    assert [(t.cut, t.completions) for t in report.by_center] == [
        ("Bristol County center", 1),
        ("Essex County center", 1),
    ]
    assert sum(t.minutes for t in report.by_discipline) == 2 * done.minutes


def test_an_annulled_completion_does_not_count(world: World) -> None:
    done = complete(world, "member", "F04", datetime(2026, 8, 3, 12, tzinfo=EASTERN))
    completions.annul(completion=done, by=world.manager, reason="error")
    assert figures("ma-2027")["completions"] == 0


def test_requests_are_counted_as_received_resolved_and_open(world: World) -> None:
    making.sent(world, at=datetime(2026, 7, 6, 10, tzinfo=EASTERN))
    making.sent(world, at=datetime(2026, 10, 6, 10, tzinfo=EASTERN))
    first = figures("ma-2027-q1")
    assert (first["received"], first["resolved"], first["open"]) == (1, 0, 1)
    second = figures("ma-2027-q2")
    assert (second["received"], second["open"]) == (1, 2)
    states = measures.read(Period.parse("ma-2027")).by_state
    assert {s.label: s.count for s in states}["Submitted"] == 2


def test_the_page_and_the_download_say_the_same(world: World, client: Client) -> None:
    complete(world, "member", "F04", datetime(2026, 8, 3, 12, tzinfo=EASTERN))
    client.force_login(world.manager)
    page = client.get("/reports/?period=ma-2027").content.decode()
    text = client.get("/reports/figures.csv?period=ma-2027").content.decode()
    assert "Modules completed,,1," in text
    assert "Essex County center" in page
    assert "Essex County center" in text
    assert world.member.name not in page + text
    assert Event.objects.filter(kind="reports.exported", actor_id=world.manager.pk).count() == 1


@pytest.mark.parametrize("period", ["moon", "ma-2027-q9", "ma-1"])
def test_a_period_that_does_not_exist_is_not_there(
    world: World, client: Client, period: str
) -> None:
    client.force_login(world.manager)
    assert client.get(f"/reports/?period={period}").status_code == 404


def test_the_report_asks_no_more_of_the_database_with_more_rows(
    world: World, client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(world.manager)
    client.get("/reports/")  # the frame is cached from now on
    at = datetime(2026, 8, 3, 12, tzinfo=EASTERN)
    counted = []
    for code in ("F04", "F05"):
        complete(world, "member", code, at)
        with django_assert_max_num_queries(30) as queries:  # type: ignore[operator]
            client.get("/reports/?period=ma-2027")
        counted.append(len(queries))
    assert counted[0] == counted[1]
