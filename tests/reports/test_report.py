"""The report counts what was done in its period, and nothing else."""

import csv
import io
from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.core.models import Event
from portal.people.models import Center
from portal.reports import reading
from portal.reports.measures import MEASURES
from portal.reports.periods import Period
from portal.reports.tables import Number
from tests.assistance import making
from tests.training import talk_making
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


def figure(slug: str, measure: str, column: str) -> Number:
    return reading.of_period(Period.parse(slug)).number(measure, column)


def test_the_fiscal_year_changes_between_two_completions_an_hour_apart(world: World) -> None:
    complete(world, "member", "F04", datetime(2026, 6, 30, 23, 30, tzinfo=EASTERN))
    complete(world, "member", "F05", datetime(2026, 7, 1, 0, 30, tzinfo=EASTERN))
    assert figure("ma-2026", "attendances", "attendances") == 1
    assert figure("ma-2027", "attendances", "attendances") == 1
    assert figure("calendar-2026", "attendances", "attendances") == 2
    assert figure("calendar-2026", "people", "people") == 1


def test_completions_are_cut_by_discipline_and_center_of_their_day(world: World) -> None:
    at = datetime(2026, 8, 3, 12, tzinfo=EASTERN)
    done = complete(world, "member", "F04", at)
    complete(world, "other_member", "F05", at)
    report = reading.of_period(Period.parse("ma-2027-q1"))
    rows = report.table("attendances", "center").rows
    assert [(row.label, row.numbers["attendances"]) for row in rows] == [
        ("Bristol County center", 1),
        ("Essex County center", 1),
    ]
    minutes = [row.numbers["minutes"] for row in report.table("minutes", "discipline").rows]
    assert sum(m for m in minutes if m) == 2 * done.minutes


def test_an_annulled_completion_does_not_count(world: World) -> None:
    done = complete(world, "member", "F04", datetime(2026, 8, 3, 12, tzinfo=EASTERN))
    completions.annul(completion=done, by=world.manager, reason="error")
    assert figure("ma-2027", "attendances", "attendances") == 0


def test_requests_are_counted_as_received_resolved_and_open(world: World) -> None:
    making.sent(world, at=datetime(2026, 7, 6, 10, tzinfo=EASTERN))
    making.sent(world, at=datetime(2026, 10, 6, 10, tzinfo=EASTERN))
    assert figure("ma-2027-q1", "requests", "received") == 1
    assert figure("ma-2027-q1", "requests", "resolved") == 0
    assert figure("ma-2027-q1", "open", "open") == 1
    assert figure("ma-2027-q2", "requests", "received") == 1
    assert figure("ma-2027-q2", "open", "open") == 2


def test_the_pages_and_the_downloads_say_the_same(world: World, client: Client) -> None:
    complete(world, "member", "F04", datetime(2026, 8, 3, 12, tzinfo=EASTERN))
    client.force_login(world.manager)
    page = client.get("/reports/?period=ma-2027").content.decode()
    cut = client.get("/reports/measures/attendances/?period=ma-2027").content.decode()
    text = client.get("/reports/figures.csv?period=ma-2027").content.decode()
    book = client.get("/reports/figures.xlsx?period=ma-2027").content
    assert "People trained, each time counted" in page
    assert "Essex County center" in cut
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    name = "People trained, each time counted"
    assert [name, "Attendances", "", "", "1", ""] in rows
    assert [name, "Attendances", "Center", "Essex County center", "1", ""] in rows
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    cells = [["" if c is None else str(c) for c in row] for row in sheet.values]
    assert [row for row in cells if name in row] == [row for row in rows if name in row]
    assert world.member.name not in page + cut + text
    assert Event.objects.filter(kind="reports.exported", actor_id=world.manager.pk).count() == 2


def test_a_cell_that_begins_as_a_formula_is_inert(world: World, client: Client) -> None:
    center = Center.objects.get(slug="essex")
    center.name = "=1+1"
    center.save()
    complete(world, "member", "F04", datetime(2026, 8, 3, 12, tzinfo=EASTERN))
    client.force_login(world.manager)
    assert ",'=1+1," in client.get("/reports/figures.csv?period=ma-2027").content.decode()
    book = client.get("/reports/figures.xlsx?period=ma-2027").content
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if "1+1" in str(cell.value)]
    assert cells
    assert {(cell.value, cell.data_type) for cell in cells} == {("'=1+1", "s")}


def test_a_funding_keeps_what_bears_its_tag(world: World, client: Client) -> None:
    for funding in ("voca", "cja"):
        talk_making.make_talk(world.manager, happened_on=date(2026, 6, 3), funding=funding)
    client.force_login(world.manager)
    report = reading.of_period(Period.parse("ma-2026"), "voca")
    assert report.number("outreach", "talks") == 1
    assert client.get("/reports/?period=ma-2026&funding=voca").status_code == 200
    assert client.get("/reports/?period=ma-2026&funding=gold").status_code == 404
    assert client.get("/reports/measures/readers/?funding=voca").status_code == 404
    assert client.get("/reports/measures/nothing/").status_code == 404


def test_every_measure_is_explained_from_the_code(world: World, client: Client) -> None:
    client.force_login(world.manager)
    page = unescape(client.get("/reports/definitions/").content.decode())
    for measure in MEASURES:
        assert str(measure.definition) in page
        assert client.get(f"/reports/measures/{measure.key}/").status_code == 200
    assert sorted({measure.number for measure in MEASURES}) == list(range(1, 17))


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
    at = datetime(2026, 8, 3, 12, tzinfo=EASTERN)
    counted = []
    for code in ("F04", "F05"):
        complete(world, "member", code, at)
        client.get("/reports/?period=ma-2026")  # counts what is stale
        client.get("/reports/?period=ma-2027")
        with django_assert_max_num_queries(130) as queries:  # type: ignore[operator]
            client.get("/reports/?period=ma-2027")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_talks_stand_in_the_report_by_the_day_they_were_on(world: World) -> None:
    talk_making.make_talk(
        world.coordinator,
        happened_on=date(2026, 6, 30),
        minutes=90,
        people={talk_making.COMMUNITY: 40},
    )
    talk_making.make_talk(world.coordinator, happened_on=date(2026, 7, 1))
    whole = reading.of_period(Period.parse("ma-2026")).table("outreach").whole
    assert whole.numbers == {"talks": 1, "heads": 40, "minutes": 3600}
    rows = reading.of_period(Period.parse("ma-2026")).table("outreach", "audience").rows
    assert [(row.label, row.numbers["heads"]) for row in rows] == [("Community members", 40)]
    assert figure("calendar-2026", "outreach", "talks") == 2
