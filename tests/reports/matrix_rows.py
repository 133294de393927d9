"""Rows of the reports."""

from collections.abc import Callable
from uuid import uuid4

from portal.reports import freezing
from portal.reports.periods import Period
from tests.matrix import Row
from tests.reports import run_making as making
from tests.world import DEPUTY, MANAGER, World

MAY = frozenset({MANAGER, DEPUTY})


def build(world: World) -> None:
    """A frozen report of a quarter that is over, and a report that is ready."""
    period = Period.parse("federal-2026-q1")
    row = freezing.freeze(period, "", by=world.manager, key=uuid4())
    world.things["frozen_report"] = row
    world.things["run"] = making.made(world.manager, making.wish("board"))


def frozen(ending: str = "") -> Callable[[World], str]:
    return lambda world: f"/reports/frozen/{world.things['frozen_report'].pk}/{ending}"


def _at(world: World, rest: str = "") -> str:
    return f"/reports/runs/{world.things['run'].pk}/{rest}"


ROWS = [
    Row("reports/", "/reports/", may=MAY),
    Row("reports/definitions/", "/reports/definitions/", may=MAY),
    Row("reports/measures/<slug:key>/", "/reports/measures/requests/", may=MAY),
    Row("reports/figures.xlsx", "/reports/figures.xlsx?period=ma-2027-q1", may=MAY),
    Row("reports/figures.csv", "/reports/figures.csv?period=ma-2027-q1", may=MAY),
    Row("reports/quality/", "/reports/quality/", may=MAY),
    Row("reports/quality/<slug:key>/", "/reports/quality/people-nowhere/", may=MAY),
    Row("reports/released/", "/reports/released/", may=MAY),
    Row("reports/released/figures.csv", "/reports/released/figures.csv", may=MAY),
    Row("reports/released/figures.xlsx", "/reports/released/figures.xlsx", may=MAY),
    Row("reports/frozen/", "/reports/frozen/", may=MAY),
    Row("reports/frozen/<int:pk>/", frozen(), may=MAY),
    Row("reports/frozen/<int:pk>/figures.csv", frozen("figures.csv"), may=MAY),
    Row("reports/frozen/<int:pk>/figures.xlsx", frozen("figures.xlsx"), may=MAY),
    Row("reports/templates/", "/reports/templates/", may=MAY),
    Row("reports/templates/<slug:key>/", "/reports/templates/county/", may=MAY),
    Row(
        "reports/templates/<slug:key>/mail/",
        "/reports/templates/board/mail/",
        may=MAY,
        ok=405,
    ),
    Row("reports/range/", "/reports/range/", may=MAY),
    Row("reports/runs/", "/reports/runs/", may=MAY),
    Row("reports/runs/<uuid:pk>/", _at, may=MAY),
    Row("reports/runs/<uuid:pk>/report.<slug:ending>", lambda w: _at(w, "report.pdf"), may=MAY),
]
