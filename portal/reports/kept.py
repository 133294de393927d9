"""Tables of closed periods that do not add up: counted once, kept until a fact of them changes.

Distinct people, medians and shares cannot be summed from days. Those of a period that is over are
kept as data. A mark on one of its days (`counters.mark`) throws away what it is part of; a table
that was read before that is not kept (`Generation`).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.reports.measures import MEASURES, TOTAL, Measure, Window
from portal.reports.models import Generation, PeriodTable, StaleDay
from portal.reports.periods import Period
from portal.reports.tables import Table

# What stands on a day rests on more than the days of its period; it is read each time.
KEPT: dict[str, Measure] = {m.key: m for m in MEASURES if not m.adds_up and not m.is_snapshot}


def read(period: Period, funding: str = "", *, only: str = "") -> dict[tuple[str, str], Table]:
    """Return every table of what is kept by period, reading and keeping what is lacking.

    `only` names the one measure that is asked for.
    """
    wanted = [
        (key, cut)
        for key, measure in KEPT.items()
        if only in ("", key)
        for cut in (TOTAL, *(c.key for c in measure.cuts))
    ]
    return _read([period], funding, wanted)[0]


def wholes(periods: Sequence[Period], funding: str = "") -> list[dict[str, Table]]:
    """Return the whole of each of these measures, for several periods."""
    found = _read(periods, funding, [(key, TOTAL) for key in KEPT])
    return [{key: table for (key, _cut), table in tables.items()} for tables in found]


def _read(
    periods: Sequence[Period], funding: str, wanted: Sequence[tuple[str, str]]
) -> list[dict[tuple[str, str], Table]]:
    first, last = min(p.first_day for p in periods), max(p.last_day for p in periods)
    _throw_away(Window(first, last))
    generations = dict(Generation.objects.values_list("measure", "number"))
    asked = [(key, cut) for key, cut in wanted if KEPT[key].has_funding or not funding]
    rows = PeriodTable.objects.filter(
        period__in=[p.slug for p in periods if _is_closed(p)],
        funding=funding,
        measure__in={key for key, _cut in asked},
        cut__in={cut for _key, cut in asked},
    )
    known = {(r.period, r.measure, r.cut): Table.of_data(r.data) for r in rows}
    return [_of_period(p, funding, asked, known, generations) for p in periods]


def _of_period(
    period: Period,
    funding: str,
    asked: Sequence[tuple[str, str]],
    known: dict[tuple[str, str, str], Table],
    generations: Mapping[str, int],
) -> dict[tuple[str, str], Table]:
    """Return what is known of a period; what is lacking is read, and kept when it is over."""
    window = Window(period.first_day, period.last_day)
    for key, cut in asked:
        if (period.slug, key, cut) not in known:
            known[period.slug, key, cut] = table = KEPT[key].read(window, cut, funding)
            if _is_closed(period):
                _keep(period, funding, table, generations.get(key, 0))
    return {(key, cut): known[period.slug, key, cut] for key, cut in asked}


def _is_closed(period: Period) -> bool:
    return period.last_day < timezone.localdate()


@transaction.atomic
def _throw_away(window: Window) -> None:
    """Delete what rests on days that are marked, whichever period it is of."""
    marks = StaleDay.objects.filter(
        measure__in=KEPT, day__range=(window.first, window.last)
    ).select_for_update()
    rows = list(marks)
    seen = {(row.measure, row.day) for row in rows}
    if not seen:
        return
    ids = [row.pk for row in rows]
    for measure in {key for key, _day in seen}:
        days = [day for key, day in seen if key == measure]
        _forget(measure, days)
        Generation.objects.get_or_create(measure=measure)
        Generation.objects.filter(measure=measure).update(number=F("number") + 1)
    StaleDay.objects.filter(pk__in=ids).delete()


def _forget(measure: str, days: Collection[date]) -> None:
    touched = Q(pk__in=[])
    for day in days:
        touched |= Q(first_day__lte=day, last_day__gte=day)
    PeriodTable.objects.filter(touched, measure=measure).delete()


@transaction.atomic
def _keep(period: Period, funding: str, table: Table, generation: int) -> None:
    """Keep a table, unless a fact changed since it was read."""
    Generation.objects.get_or_create(measure=table.measure)
    now = Generation.objects.select_for_update().get(measure=table.measure)
    if now.number != generation:
        return
    PeriodTable.objects.update_or_create(
        period=period.slug,
        measure=table.measure,
        cut=table.cut,
        funding=funding,
        defaults={
            "first_day": period.first_day,
            "last_day": period.last_day,
            "data": table.as_data(),
        },
    )
