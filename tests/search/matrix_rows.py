"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from tests.matrix import Row
from tests.world import World


def build(world: World) -> None:
    """Nothing beyond the accounts."""


ROWS = [Row("search/", "/search/?q=protocol")]
