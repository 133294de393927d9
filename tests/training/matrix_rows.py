"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from tests.training import (
    matrix_catalogue,
    matrix_centers,
    matrix_learning,
    matrix_outreach,
    matrix_outside,
    matrix_packs,
    matrix_sessions,
)
from tests.world import World

PARTS = (
    matrix_catalogue,
    matrix_learning,
    matrix_sessions,
    matrix_outside,
    matrix_outreach,
    matrix_centers,
    matrix_packs,
)


def build(world: World) -> None:
    for part in PARTS:
        part.build(world)


ROWS = [row for part in PARTS for row in part.ROWS]
