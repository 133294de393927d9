"""Rows of the catalogue."""

from tests.matrix import Row
from tests.training.factories import make_pathway
from tests.world import World


def build(world: World) -> None:
    world.things["pathway"] = make_pathway("matrix-pathway")


ROWS = [
    Row("training/", "/training/"),
    Row("training/pathways/<slug:slug>/", "/training/pathways/matrix-pathway/"),
]
