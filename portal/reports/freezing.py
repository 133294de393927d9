"""A report that is submitted is frozen: kept as it was, with who and when.

Two texts are kept, both canonical JSON: what was released, with the words and definitions of that
day, and the exact figures. Corrections come later as differences from the second. Cuts whose
values are persons are not kept: a name would outlive the person's own row.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.core import events
from portal.people.models import User
from portal.people.policies import can_see_reports
from portal.reports import reading, releasing
from portal.reports.measures import BY_KEY, TOTAL, Measure, Window
from portal.reports.models import FrozenReport
from portal.reports.periods import Period
from portal.reports.reading import Tables
from portal.reports.releasing import Release
from portal.reports.tables import Column, Number, Row, Table


class NotAllowed(Exception):
    """By policy, who asks may not freeze a report."""


class Damaged(ValueError):
    """What is kept of a report is not what was frozen."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One number that is another one now; None where there was or is nothing to measure."""

    measure: Measure
    cut: str
    value: str
    label: str
    column: Column
    then: Number
    now: Number

    @property
    def cut_label(self) -> Any:
        return next((c.label for c in self.measure.cuts if c.key == self.cut), "")


@transaction.atomic
def freeze(period: Period, funding: str, by: User, key: UUID, note: str = "") -> FrozenReport:
    """Keep a report as it stands now; the same key keeps one. NotOver while its period runs.

    The first one of a year, for all funders, decides on the cuts of small measures.
    """
    if not can_see_reports(by):
        raise NotAllowed
    releasing.check_over(period)
    known = FrozenReport.objects.filter(key=key).first()
    if known is not None:
        return known
    report = reading.of_period(period, funding)
    releasing.decide_cuts(report)
    released = canonical(document(releasing.of_report(report)))
    exact = exact_text(report.tables)
    row, is_new = FrozenReport.objects.get_or_create(
        key=key,
        defaults={
            "period": period.slug,
            "funding": funding,
            "released": released,
            "exact": exact,
            "sha256": digest(released, exact),
            "note": note,
            "frozen_by": by,
            "frozen_at": report.as_of,
        },
    )
    if is_new:
        events.record("reports.frozen", actor=by, subject=row, period=period.slug, funding=funding)
    return row


def canonical(data: Any) -> str:
    """Return the one text of plain data: sorted keys, no spaces."""
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(released: str, exact: str) -> str:
    return sha256(f"{released}\n{exact}".encode()).hexdigest()


def exact_text(tables: Tables) -> str:
    """Return the exact figures as text, without the cuts whose values are persons.

    A value under which nothing was counted has no row, however the figures were read.
    """
    return canonical(
        [
            _without_nothing(table).as_data()
            for (key, cut), table in sorted(tables.items())
            if not any(c.key == cut and c.is_personal for c in BY_KEY[key].cuts)
        ]
    )


def _without_nothing(table: Table) -> Table:
    if table.cut == TOTAL:
        return table
    return replace(table, rows=tuple(row for row in table.rows if any(row.numbers.values())))


def document(release: Release) -> dict[str, Any]:
    """Return what is released as plain data, with every word that a reader needs."""
    period = release.period
    return {
        "period": [period.slug, period.name, str(period.first_day), str(period.last_day)],
        "funding": release.funding,
        "as_of": _moment(release.as_of),
        "cuts_as_of": _moment(release.cuts_as_of) if release.cuts_as_of else "",
        "measures": [_measure(release, measure) for measure in release.measures],
    }


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M %Z")


def _measure(release: Release, measure: Measure) -> dict[str, Any]:
    cuts = [(TOTAL, ""), *((c.key, str(c.label)) for c in measure.cuts)]
    return {
        "key": measure.key,
        "name": str(measure.name),
        "definition": str(measure.definition),
        "columns": [[c.key, str(c.label), str(c.unit)] for c in measure.columns],
        "tables": [
            {"cut": cut, "label": label, "rows": _rows(release, measure, cut)}
            for cut, label in cuts
            if (measure.key, cut) in release.tables
        ],
    }


def _rows(release: Release, measure: Measure, cut: str) -> list[Any]:
    """Return (value, words, numbers, the columns that are held back) of each row."""
    return [
        [
            row.key,
            row.label,
            dict(row.numbers),
            sorted(
                c.key
                for c in measure.columns
                if release.is_held_back(measure.key, cut, row.key, c.key)
            ),
        ]
        for row in release.table(measure.key, cut).rows
    ]


def reproduce(frozen: FrozenReport) -> str:
    """Read what was released and write it again: the same text. Damaged where it is not."""
    again = canonical(json.loads(frozen.released))
    if again != frozen.released or digest(again, frozen.exact) != frozen.sha256:
        raise Damaged(frozen.pk)
    return again


def from_the_facts(frozen: FrozenReport) -> str:
    """Count the exact figures anew, from the facts themselves: the text kept, or what is now."""
    period = Period.parse(frozen.period)
    return exact_text(reading.recount(Window(period.first_day, period.last_day), frozen.funding))


def differences(frozen: FrozenReport) -> list[Difference]:
    """Return each exact number that late corrections changed, as it was and as it is."""
    today = reading.of_period(Period.parse(frozen.period), frozen.funding).tables
    now = _tables(exact_text(today))
    then = _tables(frozen.exact)
    return [
        found
        for key, cut in sorted(then.keys() | now.keys())
        if key in BY_KEY
        for found in _between(
            BY_KEY[key],
            cut,
            then.get((key, cut), Table(key, cut)),
            now.get((key, cut), Table(key, cut)),
        )
    ]


def _tables(text: str) -> dict[tuple[str, str], Table]:
    return {(table.measure, table.cut): table for table in map(Table.of_data, json.loads(text))}


def _between(measure: Measure, cut: str, then: Table, now: Table) -> Iterator[Difference]:
    values = list(dict.fromkeys(row.key for row in (*then.rows, *now.rows)))
    for value in values:
        was, is_ = then.row(value), now.row(value)
        label = next(row.label for row in (is_, was) if row is not None)
        for column in measure.columns:
            before, after = _number(was, column), _number(is_, column)
            if before != after:
                yield Difference(measure, cut, value, label, column, before, after)


def _number(row: Row | None, column: Column) -> Number:
    """What is counted is 0 where there is no row; what is measured is unknown there."""
    number = row.numbers.get(column.key) if row is not None else None
    return number if column.unit in {"%", "days"} else number or 0
