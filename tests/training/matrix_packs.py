"""Rows of the accreditation packs: one of the Essex center, ready."""

from tests.matrix import Row
from tests.training import pack_making as packing
from tests.world import COORDINATOR, DEPUTY, MANAGER, OTHER_COORDINATOR, World

LEADS = frozenset({COORDINATOR, OTHER_COORDINATOR, MANAGER, DEPUTY})
OWN_LEADS = frozenset({COORDINATOR, MANAGER, DEPUTY})


def build(world: World) -> None:
    world.things["pack"] = packing.made(world.coordinator)


def _at(world: World, rest: str = "") -> str:
    return f"/team/packs/{world.things['pack'].pk}/{rest}"


ROWS = [
    Row("team/packs/", "/team/packs/", may=LEADS),
    Row("team/packs/<uuid:pk>/", _at, may=OWN_LEADS),
    Row(
        "team/packs/<uuid:pk>/pack.<slug:ending>",
        lambda world: _at(world, "pack.pdf"),
        may=OWN_LEADS,
    ),
]
