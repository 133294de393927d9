"""Rows of the reports."""

from tests.matrix import Row
from tests.world import DEPUTY, MANAGER, World

MAY = frozenset({MANAGER, DEPUTY})


def build(world: World) -> None:
    """Nothing beyond the accounts."""


ROWS = [
    Row("reports/", "/reports/", may=MAY),
    Row("reports/figures.csv", "/reports/figures.csv?period=ma-2027-q1", may=MAY),
]
