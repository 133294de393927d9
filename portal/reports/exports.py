"""A report as rows of a table. Counts and names of disciplines and centers; no person."""

from collections.abc import Iterator

from django.utils import timezone

from portal.reports.measures import Report

Cell = str | int | float


def rows(report: Report) -> Iterator[list[Cell]]:
    """Yield the rows: what, cut, value, unit."""
    yield ["Period", report.period.name, str(report.period.first_day), str(report.period.last_day)]
    yield ["As of", timezone.localtime().strftime("%Y-%m-%d %H:%M %Z"), "", ""]
    yield ["Measure", "Cut", "Value", "Unit"]
    for figure in report.figures:
        yield [figure.label, "", figure.value, figure.unit]
    for name, tallies in (("discipline", report.by_discipline), ("center", report.by_center)):
        for tally in tallies:
            cut = tally.cut or f"no {name} recorded"
            yield [f"Modules completed by {name}", cut, tally.completions, ""]
            yield [f"People trained by {name}", cut, tally.persons, ""]
            yield [f"Training minutes by {name}", cut, tally.minutes, "min"]
    for state in report.by_state:
        yield ["Requests received by state now", state.label, state.count, ""]
