"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from tests.training import matrix_catalogue, matrix_learning, matrix_sessions
from tests.world import World


def build(world: World) -> None:
    matrix_catalogue.build(world)
    matrix_learning.build(world)
    matrix_sessions.build(world)


ROWS = [*matrix_catalogue.ROWS, *matrix_learning.ROWS, *matrix_sessions.ROWS]
