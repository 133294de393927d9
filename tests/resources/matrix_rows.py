"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from tests.matrix import Row
from tests.world import World


def build(world: World) -> None:
    """The library itself is reference data; single resources are Wagtail's (test_audience.py)."""


ROWS = [
    Row("resources/", "/resources/", signed_out="ok"),
    Row("resources/directory/", "/resources/directory/"),
]
