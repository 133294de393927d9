"""Counts by day, kept current: what adds up is answered from them without a look at the facts.

A change of a fact marks its day as stale in its own transaction. A reader counts the stale days of
what they ask for first, so that an answer always equals a recount. What passes the signals by
(`QuerySet.update`, bulk writes) is found by the nightly comparison.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from portal.core import nightly
from portal.reports.measures import MEASURES, TOTAL, Adding, Cell, Window
from portal.reports.models import DayCount, PeriodTable, StaleDay
from portal.reports.tables import Table

ADDING: dict[str, Adding] = {m.key: m for m in MEASURES if isinstance(m, Adding)}
BATCH = 2_000
AT_ONCE = 366  # days counted in one go


def mark(measures: Collection[str], days: Iterable[date | None]) -> None:
    """Say that facts of these days changed. The caller is in the transaction of the change."""
    known = {day for day in days if day is not None}
    StaleDay.objects.bulk_create(
        [StaleDay(measure=key, day=day) for key in sorted(measures) for day in sorted(known)],
        batch_size=BATCH,
    )


def read(window: Window, funding: str = "", *, only: str = "") -> dict[tuple[str, str], Table]:
    """Return every table of what adds up, in one query; stale days are counted first.

    `only` names the one measure that is asked for.
    """
    renew(window)
    kept = _paid_by(funding).filter(day__range=(window.first, window.last))
    if only:
        kept = kept.filter(measure=only)
    rows = kept.values("measure", "cut", "value", "column").annotate(n=Sum("amount")).order_by()
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        if row["n"]:
            found[row["measure"], row["cut"]][row["value"]][row["column"]] = row["n"]
    return {
        (key, cut): measure.table(cut, found.get((key, cut), {}))
        for key, measure in ADDING.items()
        if only in ("", key)
        for cut in (TOTAL, *(c.key for c in measure.cuts))
    }


def wholes(windows: Sequence[Window], funding: str = "") -> list[dict[str, Table]]:
    """Return the whole of each measure that adds up, for several windows in one query."""
    renew(Window(min(w.first for w in windows), max(w.last for w in windows)))
    sums = {
        f"w{place}": Sum("amount", filter=Q(day__range=(window.first, window.last)))
        for place, window in enumerate(windows)
    }
    days = Q(pk__in=[])
    for window in windows:
        days |= Q(day__range=(window.first, window.last))
    kept = _paid_by(funding).filter(days, cut=TOTAL)
    rows: list[Any] = list(kept.values("measure", "column").annotate(**sums).order_by())
    return [
        {
            key: measure.table(
                TOTAL,
                {TOTAL: {r["column"]: r[name] for r in rows if r["measure"] == key and r[name]}},
            )
            for key, measure in ADDING.items()
        }
        for name in sums
    ]


def _paid_by(funding: str) -> QuerySet[DayCount]:
    return DayCount.objects.filter(funding=funding) if funding else DayCount.objects.all()


def renew(window: Window) -> int:
    """Count the stale days of a window anew; return how many."""
    stale = StaleDay.objects.filter(day__range=(window.first, window.last))
    by_measure: dict[str, set[date]] = defaultdict(set)
    for key, day in stale.filter(measure__in=ADDING).values_list("measure", "day"):
        by_measure[key].add(day)
    for key, days in by_measure.items():
        for part in _parts(sorted(days)):
            _count(key, part)
    return sum(map(len, by_measure.values()))


@transaction.atomic
def _count(key: str, part: Window) -> None:
    """Count a run of days anew. A mark that comes meanwhile stays: the next reader counts again."""
    marks = StaleDay.objects.filter(measure=key, day__range=(part.first, part.last))
    seen = list(marks.select_for_update().values_list("pk", flat=True))
    DayCount.objects.filter(measure=key, day__range=(part.first, part.last)).delete()
    DayCount.objects.bulk_create(_rows(key, ADDING[key].cells(part)), batch_size=BATCH)
    StaleDay.objects.filter(pk__in=seen).delete()


def _rows(key: str, cells: Iterable[Cell]) -> list[DayCount]:
    return [
        DayCount(
            measure=key,
            column=cell.column,
            cut=cell.cut,
            value=cell.value,
            funding=cell.funding,
            day=cell.day,
            amount=cell.amount,
        )
        for cell in cells
    ]


def _parts(days: Sequence[date]) -> Iterator[Window]:
    """Gather days that follow each other."""
    first = last = days[0]
    for day in days[1:]:
        if day - last > timedelta(days=1) or (day - first).days >= AT_ONCE:
            yield Window(first, last)
            first = day
        last = day
    yield Window(first, last)


def count_all() -> None:
    """Count every day anew, from the first fact to today."""
    today = timezone.localdate()
    for key, measure in ADDING.items():
        with transaction.atomic():
            DayCount.objects.filter(measure=key).delete()
            StaleDay.objects.filter(measure=key).delete()
            year = date(2000, 1, 1)
            whole = Window(year, today + timedelta(days=366))
            DayCount.objects.bulk_create(_rows(key, measure.cells(whole)), batch_size=BATCH)


@nightly.job
def compare_with_the_facts() -> None:
    """Find the days whose counts are not those of the facts, and count them anew."""
    days = DayCount.objects.aggregate(first=Min("day"), last=Max("day"))
    today = timezone.localdate()
    first = min(days["first"] or today, today - timedelta(days=800))
    window = Window(first, max(days["last"] or today, today))
    for key, measure in ADDING.items():
        wrong = _differing(key, measure, window)
        mark([key], wrong)
    renew(window)
    PeriodTable.objects.all().delete()


def _differing(key: str, measure: Adding, window: Window) -> set[date]:
    kept: dict[tuple[Any, ...], int] = {
        (c, cut, v, f, d): n
        for c, cut, v, f, d, n in DayCount.objects.filter(
            measure=key, day__range=(window.first, window.last)
        ).values_list("column", "cut", "value", "funding", "day", "amount")
    }
    facts = {(c.column, c.cut, c.value, c.funding, c.day): c.amount for c in measure.cells(window)}
    return {cell[4] for cell in kept.keys() | facts.keys() if kept.get(cell) != facts.get(cell)}
