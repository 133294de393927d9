"""Filling a template: what a report says, as plain data for the page, the paper and the sheets.

A cell is [number, unit, words]: the number as it is shown, hours not minutes; no number where it
is held back or where there is nothing to measure.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.funding import Funding
from portal.people.models import CenterCounty
from portal.reports import cuts, exports, listings, releasing, texts
from portal.reports.layouts import (
    COUNTY,
    LAYOUTS,
    ByCut,
    Figures,
    Layout,
    Listed,
    OfPlace,
    Part,
    Text,
)
from portal.reports.measures import BY_KEY, TOTAL, Measure
from portal.reports.models import ReportRun
from portal.reports.periods import Period
from portal.reports.releasing import Release
from portal.reports.tables import Column, Number

Data = dict[str, Any]
Cell = list[Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """A run with the release it is filled from, and that of the period before."""

    run: ReportRun
    layout: Layout
    now: Release
    before: Release


def fill(run: ReportRun) -> Data:
    """Return what the report says. NotOver while its period runs."""
    period, layout = Period.parse(run.period), LAYOUTS[run.layout]
    now = releasing.of_period(period, run.funding)
    before = releasing.of_period(period.before(), run.funding)
    filled = Filled(run, layout, now, before)
    written = texts.of(layout)
    sections = [section for part in layout.parts if (section := _section(filled, part, written))]
    if layout.has_definitions:
        sections.append(counted(_measures(layout, run.funding)))
    return {
        "title": str(layout.title),
        "line": ", ".join(filter(None, [run.place, period.name])),
        "about": about(run, now.as_of, period.name),
        "note": _(
            "For release. Numbers that could point to a person are left out: “held back” stands in "
            "their place. A dash means that there was nothing to measure."
        ),
        "sections": sections,
    }


def about(run: ReportRun, as_of: datetime, name: str) -> list[list[str]]:
    """Return what stands on top: the days, the money, and the instant it was read."""
    days = {"first": date_format(run.first_day), "last": date_format(run.last_day)}
    at = date_format(timezone.localtime(as_of), "D j M Y, g:i A")
    paid = Funding(run.funding).label if run.funding else _("All")
    rows = [
        (_("Period"), name),
        (_("Days"), _("%(first)s to %(last)s, both included") % days),
        (_("Place"), run.place or _("Massachusetts")),
        (_("Paid by"), str(paid)),
        (_("As of"), _("%(at)s (Eastern time)") % {"at": at}),
    ]
    return [[str(key), str(words)] for key, words in rows if words]


def counted(measures: Iterable[Measure]) -> Data:
    """Return the part that says what each measure counts."""
    items = [{"title": str(m.name), "text": str(m.definition), "source": ""} for m in measures]
    return {"kind": "list", "heading": _("What each figure counts"), "note": "", "entries": items}


def cell(number: Number, column: Column, *, is_held: bool = False) -> Cell:
    if is_held:
        return [None, "", _("held back")]
    words = exports.shown(number, column)
    if number is not None and column.unit == "min":
        return [round(number / 60, 1), "h", words]
    return [number, "" if number is None else str(column.unit), words]


def name_of(measure: Measure, column: Column) -> str:
    """Return the words for one figure among those of other measures."""
    name, label = str(measure.name), str(column.label)
    if len(measure.columns) == 1 or name.casefold().endswith(label.casefold()):
        return name
    return f"{name}, {label[:1].lower()}{label[1:]}"


def _section(filled: Filled, part: Part, written: dict[str, str]) -> Data | None:
    if isinstance(part, Text):
        return _text(part, written[part.key])
    if isinstance(part, Figures):
        return _figures(filled, part)
    if isinstance(part, ByCut):
        return _by_cut(filled, part)
    if isinstance(part, OfPlace):
        return _of_place(filled, part)
    return _listed(filled, part)


def _text(part: Text, words: str) -> Data | None:
    paragraphs = [p for each in words.split("\n\n") if (p := " ".join(each.split()))]
    if not paragraphs:
        return None
    return {"kind": "text", "heading": str(part.heading), "paragraphs": paragraphs}


def _figures(filled: Filled, part: Figures) -> Data | None:
    rows = [
        [name_of(m, column), [_of(release, m, TOTAL, "", column) for release in _both(filled)]]
        for m, column in _items(part.items, filled.run.funding)
    ]
    head = [_("Figure"), _("This period"), _("Period before")]
    return table(str(part.heading), head, rows) if rows else None


def _both(filled: Filled) -> tuple[Release, Release]:
    return filled.now, filled.before


def _by_cut(filled: Filled, part: ByCut) -> Data | None:
    measure = BY_KEY[part.measure]
    if filled.run.funding and not measure.has_funding:
        return None
    cut = next(c for c in measure.cuts if c.key == part.cut)
    columns = [c for c in measure.columns if not part.columns or c.key in part.columns]
    head = [str(cut.label), *(str(c.label) for c in columns)]
    found = filled.now.tables.get((measure.key, cut.key))
    if found is None:
        held = cell(None, columns[0], is_held=True)
        note = _(
            "Not released by this cut. It is for a federal fiscal year that was frozen, and only "
            "where no row could point to a person."
        )
        return table(str(part.heading), head, [[_("Every row"), [held] * len(columns)]], note)
    rows = [
        [row.label, [_of(filled.now, measure, cut.key, row.key, c) for c in columns]]
        for row in found.rows
    ]
    note = "" if rows else _("Nothing in this period.")
    if cut.overlaps:
        note = _("One may stand under several of these: they add up to more than the whole.")
    return table(str(part.heading), head, rows, note)


def _of_place(filled: Filled, part: OfPlace) -> Data | None:
    items = _items(part.items, filled.run.funding)
    values = _values(filled, part, [m.key for m, _column in items])
    if not items or not values:
        return None
    rows = [
        [name_of(m, c), [_of(filled.now, m, part.cut, value, c) for value in values]]
        for m, c in items
    ]
    words = cuts.labels(part.cut)
    head = [_("Figure"), *(words.get(value, value) for value in values)]
    return table(str(part.heading), head, rows)


def _values(filled: Filled, part: OfPlace, measures: Sequence[str]) -> list[str]:
    """Return the values of the cut that are the place, or stand for it with others."""
    run = filled.run
    if part.cut != COUNTY:
        if run.center:
            return [run.center.slug]
        links = CenterCounty.objects.filter(county=run.county, starts_on__lte=run.last_day).exclude(
            ends_on__lt=run.first_day
        )
        return sorted(set(links.values_list("center__slug", flat=True)))
    slug = run.county.slug if run.county else ""
    found = {
        row.key
        for key in measures
        if (released := filled.now.tables.get((key, part.cut)))
        for row in released.rows
        if slug in row.key.split("+")
    }
    groups = {
        value
        for _center, first, last, value in cuts.served()
        if slug in value.split("+")
        and first <= run.last_day
        and (last is None or last >= run.first_day)
    }
    return sorted(found | groups or {slug})


def _of(release: Release, measure: Measure, cut: str, value: str, column: Column) -> Cell:
    """Return the cell of one number: held back where its table or itself is not released."""
    found = release.tables.get((measure.key, cut))
    is_held = release.is_held_back(measure.key, cut, value, column.key)
    if found is None or is_held:
        return cell(None, column, is_held=True)
    row = found.row(value)
    if row is None:  # nothing was counted there
        return cell(None if column.unit not in {"", "min"} else 0, column)
    return cell(row.numbers.get(column.key), column)


def _items(items: Iterable[tuple[str, str]], funding: str) -> list[tuple[Measure, Column]]:
    """Return the figures; with a funding, those of measures that know who paid."""
    return [
        (BY_KEY[key], next(c for c in BY_KEY[key].columns if c.key == column))
        for key, column in items
        if not funding or BY_KEY[key].has_funding
    ]


def _listed(filled: Filled, part: Listed) -> Data:
    ways: dict[str, Callable[[ReportRun], Data]] = {
        "roster": listings.roster,
        "highlights": listings.highlights,
        "facts": listings.facts,
    }
    return {"heading": str(part.heading), **ways[part.what](filled.run)}


def _measures(layout: Layout, funding: str) -> list[Measure]:
    """Return the measures that a template shows, in the order of the reports."""
    keys: set[str] = set()
    for part in layout.parts:
        if isinstance(part, Figures | OfPlace):
            keys |= {key for key, _column in part.items}
        elif isinstance(part, ByCut):
            keys.add(part.measure)
    return [m for m in BY_KEY.values() if m.key in keys and (m.has_funding or not funding)]


def table(heading: str, head: Sequence[str], rows: list[Any], note: str = "") -> Data:
    """Return a part with a table: rows of words and cells, the head's first word for the words."""
    return {"kind": "table", "heading": heading, "note": note, "head": list(head), "rows": rows}
