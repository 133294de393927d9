"""Requirements, every date and hour computed by hand in the test."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.requirements import (
    Clause,
    Credit,
    Rule,
    evaluate,
    in_hours,
    lapses_on,
    plus_months,
    window,
)

D = date


def minutes(needed: int, **more: object) -> Clause:
    return Clause("minutes", minutes=needed, **more)  # type: ignore[arg-type]


CSEC = Rule("initial", (minutes(840),))
ONGOING = Rule("rolling", (minutes(480),), window_months=24)
LICSW = Rule(
    "cycle",
    (
        minutes(1800),
        minutes(120, category="anti-racism"),
        minutes(60, category="anti-discrimination"),
        Clause("share", category="other-approver", share=25),
    ),
    window_months=24,
    cycle_end=D(2026, 6, 15),
)
LMHC = Rule("cycle", (minutes(1500),), 24, hour_minutes=50, cycle_end=D(2025, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2024, 2, 29), 48, D(2028, 2, 29)),
        (D(2026, 3, 31), -1, D(2026, 2, 28)),
        (D(2026, 1, 15), -1, D(2025, 12, 15)),
        (D(2025, 12, 31), 24, D(2027, 12, 31)),
    ],
)
def test_months_are_counted_as_people_count_them(day: date, months: int, after: date) -> None:
    assert plus_months(day, months) == after


def test_an_initial_requirement_never_lapses() -> None:
    credits = [Credit(D(2019, 5, 1), 400), Credit(D(2026, 5, 1), 440)]
    standing = evaluate(CSEC, credits, on=D(2026, 11, 26))
    assert standing.is_met
    assert (standing.lapses, standing.good_until) == ((), None)
    assert not evaluate(CSEC, credits, on=D(2026, 4, 30)).is_met  # what is to come does not count


def test_a_rolling_hour_counts_for_two_years_to_the_day() -> None:
    """Done on 10 March 2025, it counts through 9 March 2027."""
    assert lapses_on(ONGOING, D(2025, 3, 10)) == D(2027, 3, 9)
    credit = [Credit(D(2025, 3, 10), 480)]
    assert evaluate(ONGOING, credit, on=D(2027, 3, 9)).is_met
    assert not evaluate(ONGOING, credit, on=D(2027, 3, 10)).is_met
    assert evaluate(ONGOING, credit, on=D(2026, 1, 1)).good_until == D(2027, 3, 9)


def test_what_falls_short_first_decides_until_when_it_holds() -> None:
    credits = [
        Credit(D(2025, 1, 10), 300, "First"),
        Credit(D(2025, 6, 20), 200, "Second"),
        Credit(D(2026, 2, 1), 300, "Third"),
    ]
    standing = evaluate(ONGOING, credits, on=D(2026, 11, 26))
    assert [(x.title, x.day, x.minutes) for x in standing.lapses] == [
        ("First", D(2027, 1, 9), 300),
        ("Second", D(2027, 6, 19), 200),
        ("Third", D(2028, 1, 31), 300),
    ]
    # 800 minutes: without the first 500 are left, which is enough; without the second 300.
    assert standing.good_until == D(2027, 6, 19)


@pytest.mark.parametrize(
    ("done", "last"),
    [
        (D(2024, 2, 29), D(2026, 2, 28)),
        (D(2024, 3, 1), D(2026, 2, 28)),
        (D(2026, 2, 28), D(2028, 2, 27)),
        (D(2024, 12, 31), D(2026, 12, 30)),
    ],
)
def test_hours_of_leap_days_and_year_ends(done: date, last: date) -> None:
    assert lapses_on(ONGOING, done) == last
    assert evaluate(ONGOING, [Credit(done, 480)], on=last).is_met
    assert not evaluate(ONGOING, [Credit(done, 480)], on=last + timedelta(days=1)).is_met


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (D(2026, 2, 28), D(2024, 3, 1), D(2026, 2, 28)),
        (D(2026, 3, 1), D(2026, 3, 1), D(2028, 2, 29)),
        (D(2024, 2, 29), D(2022, 3, 1), D(2024, 2, 29)),
        (D(2020, 2, 29), D(2018, 3, 1), D(2020, 2, 29)),
        (D(2031, 1, 1), D(2030, 3, 1), D(2032, 2, 29)),
    ],
)
def test_a_cycle_that_ends_on_29_february(on: date, first: date, last: date) -> None:
    rule = Rule("cycle", (minutes(60),), 24, cycle_end=D(2024, 2, 29))
    assert window(rule, on) == (first, last)


def test_a_calendar_year_begins_and_ends_with_itself() -> None:
    rule = Rule("annual", (Clause("events", count=1),))
    credit = [Credit(D(2026, 1, 1), 30)]
    assert evaluate(rule, credit, on=D(2026, 12, 31)).good_until == D(2026, 12, 31)
    assert not evaluate(rule, credit, on=D(2027, 1, 1)).is_met
    assert not evaluate(rule, credit, on=D(2025, 12, 31)).is_met


def test_two_licences_and_the_fourteen_hours_at_once() -> None:
    """One training may count under each rule; each by its own hour, window and rounding."""
    credits = [
        Credit(D(2024, 6, 15), 600, "Before the cycle"),
        Credit(D(2024, 6, 16), 600, "First day of the cycle"),
        Credit(D(2025, 3, 1), 700, "A course"),
        Credit(D(2025, 9, 1), 120, "Anti-racism", "anti-racism"),
        Credit(D(2025, 9, 2), 60, "Anti-discrimination", "anti-discrimination"),
    ]
    on = D(2025, 11, 26)
    social_work = evaluate(LICSW, credits, on=on)
    assert (social_work.first, social_work.last) == (D(2024, 6, 16), D(2026, 6, 15))
    assert social_work.minutes is not None
    assert social_work.minutes.have == 600 + 700 + 120 + 60
    assert in_hours(social_work.minutes.have, LICSW) == Decimal("24.66")  # 24.6666 cut
    assert [p.is_met for p in social_work.progress] == [False, True, True]
    counselor = evaluate(LMHC, credits, on=on)
    assert (counselor.first, counselor.last) == (D(2024, 1, 1), D(2025, 12, 31))
    assert counselor.minutes is not None
    assert in_hours(counselor.minutes.have, LMHC) == Decimal("41.6")  # 2,080 / 50
    assert counselor.is_met
    assert counselor.good_until == D(2025, 12, 31)
    assert evaluate(CSEC, credits, on=on).is_met


def test_at_most_a_quarter_may_come_from_others_than_recognised_approvers() -> None:
    """25 % of 1,800 is 450; of 700 such minutes 250 do not count, the latest first."""
    credits = [
        Credit(D(2025, 1, 1), 1300, "Approved"),
        Credit(D(2025, 2, 1), 300, "Other", "other-approver"),
        Credit(D(2025, 3, 1), 400, "Other again", "other-approver"),
        Credit(D(2025, 4, 1), 120, "", "anti-racism"),
        Credit(D(2025, 4, 2), 60, "", "anti-discrimination"),
    ]
    standing = evaluate(LICSW, credits, on=D(2025, 11, 26))
    assert standing.capped == 250
    assert standing.minutes is not None
    assert standing.minutes.have == 1300 + 450 + 180
    assert standing.is_met


def test_topics_are_named_when_they_are_missing() -> None:
    rule = Rule("initial", (Clause("topics", topics=("screening", "reporting", "language")),))
    credits = [Credit(D(2025, 1, 1), 60, topics=frozenset({"screening", "language"}))]
    part = evaluate(rule, credits, on=D(2025, 2, 1)).progress[0]
    assert (part.needed, part.have, part.missing) == (3, 2, ("reporting",))


def test_hours_are_derived_once_from_the_sum_and_never_rounded_up() -> None:
    """Three times 50 minutes are 150: 2.5 hours, not three times 0.83."""
    rule = Rule("initial", (minutes(150),))
    standing = evaluate(rule, [Credit(D(2025, 1, n), 50) for n in (1, 2, 3)], on=D(2025, 2, 1))
    assert standing.minutes is not None
    assert in_hours(standing.minutes.have, rule) == Decimal("2.5")
    for rounding, hours in (("cut", "1.98"), ("quarter", "1.75"), ("half", "1.5"), ("whole", "1")):
        assert in_hours(119, Rule("initial", (), rounding=rounding)) == Decimal(hours)  # type: ignore[arg-type]


DAYS = st.dates(D(2019, 1, 1), D(2031, 12, 31))
CREDITS = st.lists(st.builds(Credit, DAYS, st.integers(1, 400)), max_size=8)


@given(CREDITS, DAYS)
def test_until_when_it_holds_is_true_to_the_day(credits: list[Credit], on: date) -> None:
    """Against a plain recount, day by day: met through `good_until`, and not the day after."""
    standing = evaluate(ONGOING, credits, on=on)
    counted = [c for c in credits if c.day <= on]
    if standing.is_met and standing.good_until:
        after = standing.good_until + timedelta(days=1)
        assert evaluate(ONGOING, counted, on=standing.good_until).is_met
        assert not evaluate(ONGOING, counted, on=after).is_met


@given(CREDITS, DAYS)
def test_nothing_counts_twice_and_nothing_is_lost(credits: list[Credit], on: date) -> None:
    first, _last = window(ONGOING, on)
    assert first is not None
    standing = evaluate(ONGOING, credits, on=on)
    assert standing.minutes is not None
    assert standing.minutes.have == sum(c.minutes for c in credits if first <= c.day <= on)
    assert sum(x.minutes for x in standing.lapses) == standing.minutes.have


def test_a_rule_that_asks_nothing_yet_is_met_by_nobody() -> None:
    assert not evaluate(Rule("initial", ()), [Credit(D(2025, 1, 1), 60)], on=D(2025, 2, 1)).is_met


def test_competencies_count_by_name_and_not_by_any_word() -> None:
    clause = Clause("distinct", topics=("court", "resilience"), count=2)
    credits = [Credit(D(2025, 1, 1), 60, topics=frozenset({"court", "weather", "music"}))]
    assert evaluate(Rule("initial", (clause,)), credits, on=D(2025, 2, 1)).progress[0].have == 1
    unnamed = Clause("distinct", count=2)
    assert evaluate(Rule("initial", (unnamed,)), credits, on=D(2025, 2, 1)).progress[0].have == 0


def test_the_headline_is_the_clause_about_all_minutes() -> None:
    rule = Rule("initial", (minutes(60, category="anti-racism"), minutes(600)))
    standing = evaluate(rule, [], on=D(2025, 1, 1))
    assert standing.minutes is not None
    assert standing.minutes.needed == 600
