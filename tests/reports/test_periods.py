"""Periods end where the law's years end, in Eastern time."""

from datetime import UTC, date, datetime

import pytest

from portal.reports.periods import NoSuchPeriod, Period, choices


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("ma-2027", date(2026, 7, 1), date(2027, 6, 30)),
        ("ma-2027-q1", date(2026, 7, 1), date(2026, 9, 30)),
        ("ma-2027-q4", date(2027, 4, 1), date(2027, 6, 30)),
        ("federal-2027", date(2026, 10, 1), date(2027, 9, 30)),
        ("federal-2027-q1", date(2026, 10, 1), date(2026, 12, 31)),
        ("federal-2027-q2", date(2027, 1, 1), date(2027, 3, 31)),
        ("federal-2027-q4", date(2027, 7, 1), date(2027, 9, 30)),
        ("calendar-2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("calendar-2024-q1", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_a_period_has_the_days_of_its_basis(slug: str, first: date, last: date) -> None:
    period = Period.parse(slug)
    assert (period.first_day, period.last_day, period.slug) == (first, last, slug)


def test_the_year_changes_at_midnight_in_massachusetts_whatever_the_server_thinks() -> None:
    start, end = Period.parse("ma-2027").bounds()
    assert start == datetime(2026, 7, 1, 4, tzinfo=UTC)  # daylight time
    assert end == datetime(2027, 7, 1, 4, tzinfo=UTC)
    winter, _ = Period.parse("calendar-2027").bounds()
    assert winter == datetime(2027, 1, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("slug", "before"),
    [("ma-2027", "ma-2026"), ("ma-2027-q1", "ma-2026-q4"), ("federal-2027-q3", "federal-2027-q2")],
)
def test_the_period_before_has_the_same_length(slug: str, before: str) -> None:
    assert Period.parse(slug).before().slug == before


@pytest.mark.parametrize(
    "slug", ["", "ma", "ma-27", "ma-2027-q5", "ma-2027-q0", "moon-2027", "ma-1999", "ma-²²²²"]
)
def test_an_address_that_names_no_period_is_refused(slug: str) -> None:
    with pytest.raises(NoSuchPeriod):
        Period.parse(slug)


def test_the_choices_hold_no_period_that_has_not_begun() -> None:
    groups = dict(choices(date(2026, 11, 23)))
    slugs = [p.slug for p in groups["Massachusetts fiscal year"]]
    assert slugs[:3] == ["ma-2027", "ma-2027-q1", "ma-2027-q2"]
    assert "ma-2027-q3" not in slugs
    assert "ma-2026-q4" in slugs
    assert [p.slug for p in groups["Federal fiscal year"]][:2] == [
        "federal-2027",
        "federal-2027-q1",
    ]
