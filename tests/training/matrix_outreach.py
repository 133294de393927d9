"""Rows of the talks: one of the Essex center, logged by its coordinator."""

from tests.matrix import Row
from tests.training.talk_making import make_talk
from tests.world import COORDINATOR, DEPUTY, MANAGER, OTHER_COORDINATOR, TRAINER, World

SPEAKERS = frozenset({COORDINATOR, OTHER_COORDINATOR, TRAINER, MANAGER, DEPUTY})
ESSEX = frozenset({COORDINATOR, MANAGER, DEPUTY})


def build(world: World) -> None:
    world.things["talk"] = make_talk(world.coordinator)


def _at(world: World, rest: str = "") -> str:
    return f"/training/talks/{world.things['talk'].pk}/{rest}"


ROWS = [
    Row("training/talks/", "/training/talks/", may=SPEAKERS),
    Row("training/talks/new/", "/training/talks/new/", may=SPEAKERS),
    Row("training/talks/talks.csv", "/training/talks/talks.csv", may=SPEAKERS),
    Row("training/talks/<int:pk>/", _at, may=ESSEX),
    Row("training/talks/<int:pk>/correct/", lambda world: _at(world, "correct/"), may=ESSEX),
    Row(
        "training/talks/<int:pk>/take-back/",
        lambda world: _at(world, "take-back/"),
        may=SPEAKERS,
        ok=405,
    ),
]
