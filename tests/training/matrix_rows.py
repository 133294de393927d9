"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from tests.training import matrix_catalogue
from tests.world import World


def build(world: World) -> None:
    matrix_catalogue.build(world)


ROWS = [*matrix_catalogue.ROWS]
