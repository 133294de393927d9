"""Every figure of a drawn year equals a recount from the raw rows: each basis, period, cut, tag."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.reports import counters, kept, reading
from portal.reports.measures import MEASURES, Window
from portal.reports.models import DayCount, PeriodTable, StaleDay
from portal.reports.periods import Period
from portal.reports.tables import Table
from tests.reports import year
from tests.reports.recounting import Recount
from tests.world import World
from training.models import Completion, CompletionAnnulment, LiveSession

pytestmark = pytest.mark.django_db

PERIODS = [
    *("ma-2026", "ma-2026-q1", "ma-2026-q4", "ma-2027-q1"),
    *("federal-2026", "federal-2025-q4", "federal-2026-q2"),
    *("calendar-2025", "calendar-2026", "calendar-2026-q3"),
]


def plain(table: Table) -> dict[str, dict[str, Any]]:
    """What a table says, without rows of nothing."""
    found = {row.key: {k: v for k, v in row.numbers.items() if v} for row in table.rows}
    return {value: numbers for value, numbers in found.items() if numbers}


def wanted(numbers: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {value: {k: v for k, v in row.items() if v} for value, row in numbers.items()}
    return {value: row for value, row in found.items() if row}


def differences(tables: reading.Tables, counts: Any) -> list[str]:
    wrong = []
    for measure, cut in tables:
        said, true = plain(tables[measure, cut]), wanted(counts.get((measure, cut), {}))
        if said != true:
            wrong.append(f"{measure} by {cut or 'nothing'}: {said} and not {true}")
    return wrong


@pytest.fixture
def full(world: World) -> World:
    year.fill(world)
    return world


def test_every_period_equals_the_recount(full: World) -> None:
    wrong = []
    for slug in PERIODS:
        period = Period.parse(slug)
        for funding in ("", "voca", "other"):
            counts = Recount(period.first_day, period.last_day, funding).run()
            report = reading.of_period(period, funding)
            again = reading.of_period(period, funding)
            assert {k: t.as_data() for k, t in report.tables.items()} == {
                k: t.as_data() for k, t in again.tables.items()
            }
            wrong += [f"{slug} {funding} {d}" for d in differences(report.tables, counts)]
    assert wrong == []
    assert PeriodTable.objects.exists()
    assert DayCount.objects.exists()


def test_any_range_of_days_equals_the_recount(full: World) -> None:
    window = Window(date(2025, 8, 14), date(2026, 3, 3))
    counts = Recount(window.first, window.last).run()
    # Evaluations are kept by month: a range that cuts one in two has the months that begin in it.
    assert differences(reading.recount(window), counts) == []


def test_what_is_drawn_is_not_empty(full: World) -> None:
    report = reading.of_period(Period.parse("ma-2026"))
    empty = [
        f"{m.key} by {cut}"
        for m in MEASURES
        for cut in ("", *(c.key for c in m.cuts))
        if not plain(report.table(m.key, cut)) and m.key != "pathway"
    ]
    assert empty == []


def test_a_late_correction_shows_at_once_whatever_was_kept(full: World) -> None:
    period = Period.parse("federal-2026-q2")
    before = reading.of_period(period).number("people", "people")
    assert StaleDay.objects.filter(day__range=(period.first_day, period.last_day)).count() == 0
    start, end = period.bounds()
    for done in Completion.objects.standing().filter(completed_at__gte=start, completed_at__lt=end):
        CompletionAnnulment.objects.create(
            completion=done, reason="error", annulled_by=full.manager
        )
    assert before
    after = reading.of_period(period)
    assert after.number("people", "people") == 0
    assert after.number("attendances", "attendances") == 0
    assert differences(after.tables, Recount(period.first_day, period.last_day).run()) == []


def test_a_session_that_is_cancelled_late_no_longer_counts(full: World) -> None:
    period = Period.parse("calendar-2026")
    reading.of_period(period)
    session = LiveSession.objects.standing().filter(starts_at__year=2026)[0]
    session.cancelled_at = timezone.now()
    session.save()
    counts = Recount(period.first_day, period.last_day).run()
    assert differences(reading.of_period(period).tables, counts) == []


def test_the_night_finds_what_passed_by_the_signals(full: World) -> None:
    period = Period.parse("ma-2026")
    reading.of_period(period)
    LiveSession.objects.update(funding="state")
    counters.compare_with_the_facts()
    counts = Recount(period.first_day, period.last_day, "state").run()
    assert differences(reading.of_period(period, "state").tables, counts) == []


def test_a_table_read_before_a_change_is_not_kept(full: World) -> None:
    """A slow reader must not keep what another one threw away meanwhile."""
    period = Period.parse("ma-2026-q1")
    window = Window(period.first_day, period.last_day)
    reading.of_period(period)
    table = kept.KEPT["people"].read(window)
    counters.mark(["people"], [period.first_day])
    kept.read(period)
    PeriodTable.objects.filter(measure="people").delete()
    kept._keep(period, "", table, 0)
    assert not PeriodTable.objects.filter(measure="people", cut="").exists()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_an_hour_apart_in_two_fiscal_years_whatever_the_zone(zone: str, world: World) -> None:
    from tests.training.session_factories import make_session

    eastern = ZoneInfo("America/New_York")
    for at in (datetime(2026, 6, 30, 23, 30), datetime(2026, 7, 1, 0, 30)):
        make_session(world.trainer, starts_at=at.replace(tzinfo=eastern))
    with timezone.override(zone):
        for slug in ("ma-2026", "ma-2027-q1"):
            assert reading.of_period(Period.parse(slug)).number("trainings", "trainings") == 1
        whole = reading.recount(Window(date(2026, 7, 1), date(2026, 7, 1)))
    assert whole["trainings", ""].whole.numbers["trainings"] == 1


def test_the_days_of_each_basis_are_those_of_the_field() -> None:
    spans = {
        "ma-2026": (date(2025, 7, 1), date(2026, 6, 30)),
        "federal-2026-q1": (date(2025, 10, 1), date(2025, 12, 31)),
        "calendar-2026-q4": (date(2026, 10, 1), date(2026, 12, 31)),
    }
    for slug, span in spans.items():
        period = Period.parse(slug)
        assert (period.first_day, period.last_day) == span
        assert period.year_before().last_day - period.last_day <= -timedelta(days=365)
