"""Rows of the live sessions: one for the Essex team, led by its trainer."""

from tests.matrix import Row
from tests.training.session_factories import make_session
from tests.world import COORDINATOR, DEPUTY, MANAGER, MEMBER, TRAINER, World

ESSEX = frozenset({MEMBER, COORDINATOR, TRAINER, MANAGER, DEPUTY})
LEADS = frozenset({TRAINER, MANAGER, DEPUTY})


def build(world: World) -> None:
    world.things["session"] = make_session(world.trainer, center="essex")


def _at(world: World, rest: str = "") -> str:
    return f"/training/sessions/{world.things['session'].pk}/{rest}"


ROWS = [
    Row("training/sessions/", "/training/sessions/"),
    Row("training/sessions/new/", "/training/sessions/new/", may=LEADS),
    Row("training/sessions/<int:pk>/", _at, may=ESSEX),
    Row(
        "training/sessions/<int:pk>/calendar.ics",
        lambda world: _at(world, "calendar.ics"),
        may=ESSEX,
    ),
    Row("training/sessions/<int:pk>/edit/", lambda world: _at(world, "edit/"), may=LEADS),
]
