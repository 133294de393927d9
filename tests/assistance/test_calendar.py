"""Business time, against a calendar on the wall."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistance import calendar
from assistance.calendar import ZONE


def eastern(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


CASES = [
    # Friday, then Patriots' Day on Monday: an hour on Friday, an hour on Tuesday.
    ("2026-04-17T16:00", 120, "2026-04-21T10:00"),
    ("2026-11-23T09:00", 240, "2026-11-23T13:00"),
    ("2026-11-23T15:00", 240, "2026-11-24T11:00"),
    # Thanksgiving is no business day, the Friday after it is.
    ("2026-11-25T16:00", 480, "2026-11-27T16:00"),
    ("2026-11-21T12:00", 60, "2026-11-23T10:00"),
    ("2026-11-23T06:00", 60, "2026-11-23T10:00"),
    ("2026-11-23T20:00", 60, "2026-11-24T10:00"),
    # The night the clocks go back and the one they go forward.
    ("2026-10-30T16:30", 60, "2026-11-02T09:30"),
    ("2026-03-06T16:30", 60, "2026-03-09T09:30"),
    ("2026-12-31T16:00", 120, "2027-01-04T10:00"),
]


@pytest.mark.parametrize(("start", "minutes", "end"), CASES)
def test_business_minutes_are_added_over_nights_weekends_and_holidays(
    start: str, minutes: int, end: str
) -> None:
    assert calendar.add_minutes(eastern(start), minutes) == eastern(end)
    assert calendar.minutes_between(eastern(start), eastern(end)) == minutes


def test_a_closed_day_is_skipped() -> None:
    closed = [date(2026, 11, 24)]
    late = eastern("2026-11-23T16:00")
    assert calendar.add_minutes(late, 120, closed) == eastern("2026-11-25T10:00")


def test_ten_business_days_over_thanksgiving() -> None:
    start = eastern("2026-11-20T11:00")
    assert calendar.add_days(start, 10) == eastern("2026-12-07T11:00")


@pytest.mark.parametrize(
    ("instant", "year"),
    [("2026-06-30T23:59", 2026), ("2026-07-01T00:00", 2027), ("2026-11-23T12:00", 2027)],
)
def test_the_fiscal_year_is_named_by_the_year_it_ends(instant: str, year: int) -> None:
    assert calendar.fiscal_year(eastern(instant)) == year


@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),
    minutes=st.integers(0, 5000),
    more=st.integers(0, 600),
)
def test_later_is_never_earlier_and_a_target_lies_in_office_hours(
    start: datetime, minutes: int, more: int
) -> None:
    begin = start.replace(tzinfo=ZONE)
    end = calendar.add_minutes(begin, minutes)
    assert end >= begin
    assert calendar.add_minutes(begin, minutes + more) >= end
    assert calendar.is_business_day(end.date())
    assert timedelta(hours=9) <= end - end.replace(hour=0, minute=0, second=0, microsecond=0)
    assert end.hour < 17 or (end.hour, end.minute, end.second) == (17, 0, 0)
