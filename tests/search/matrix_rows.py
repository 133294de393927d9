"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from tests.matrix import Row
from tests.world import DEPUTY, MANAGER, World


def build(world: World) -> None:
    """Nothing beyond the accounts."""


ROWS = [
    Row("search/", "/search/?q=protocol"),
    Row("search/suggestions/", "/search/suggestions/", method="post"),
    Row("search/asked/", "/search/asked/", may=frozenset({MANAGER, DEPUTY})),
]
