"""A report of any days: every measure and cut, exact, for the inside alone."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.reports import filling, reading
from portal.reports.filling import Data
from portal.reports.layouts import RANGE_TITLE
from portal.reports.measures import MEASURES, TOTAL, Measure, Window
from portal.reports.models import ReportRun
from portal.reports.tables import Table


def measures(funding: str) -> list[Measure]:
    return [measure for measure in MEASURES if measure.has_funding or not funding]


def read(run: ReportRun, content: Data) -> Iterator[str]:
    """Fill `content` from the facts themselves, and yield each measure that is done.

    Cuts that are persons are left out: no name stands in a file.
    """
    window = reading.until_today(Window(run.first_day, run.last_day))
    content |= {
        "title": str(RANGE_TITLE),
        "line": _("%(first)s to %(last)s, not for release")
        % {"first": run.first_day.isoformat(), "last": run.last_day.isoformat()},
        "about": filling.about(run, timezone.now(), ""),
        "note": _("Not for release: exact figures of the inside view, counted from the facts."),
        "sections": [],
    }
    for measure in measures(run.funding):
        content["sections"] += _of(measure, window, run.funding)
        yield measure.key
    content["sections"].append(filling.counted(measures(run.funding)))


def _of(measure: Measure, window: Window, funding: str) -> Iterator[Data]:
    columns = measure.columns
    whole = measure.read(window, TOTAL, funding).whole
    rows: list[Any] = [[str(c.label), [filling.cell(whole.numbers[c.key], c)]] for c in columns]
    yield filling.table(str(measure.name), [_("Figure"), _("Number")], rows)
    for cut in measure.cuts:
        if not cut.is_personal:
            words = {"measure": measure.name, "cut": str(cut.label).lower()}
            heading = _("%(measure)s by %(cut)s") % words
            yield _table(measure, heading, str(cut.label), measure.read(window, cut.key, funding))


def _table(measure: Measure, heading: str, label: str, found: Table) -> Data:
    rows = [
        [row.label, [filling.cell(row.numbers[c.key], c) for c in measure.columns]]
        for row in found.rows
    ]
    head = [label, *(str(c.label) for c in measure.columns)]
    return filling.table(heading, head, rows, "" if rows else _("Nothing in these days."))
