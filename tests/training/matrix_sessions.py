"""Rows of the live sessions: one for the Essex team, led by its trainer."""

from tests.matrix import Row
from tests.training.session_factories import make_held, make_session
from tests.world import COORDINATOR, DEPUTY, MANAGER, MEMBER, TRAINER, World

ESSEX = frozenset({MEMBER, COORDINATOR, TRAINER, MANAGER, DEPUTY})
LEADS = frozenset({TRAINER, MANAGER, DEPUTY})


def build(world: World) -> None:
    world.things["session"] = make_session(world.trainer, center="essex")
    world.things["held"] = make_held(world.trainer, world.member, center="essex")


def _at(world: World, rest: str = "") -> str:
    return f"/training/sessions/{world.things['session'].pk}/{rest}"


def _held(world: World, rest: str = "") -> str:
    return f"/training/sessions/{world.things['held'].pk}/{rest}"


def _record(world: World) -> str:
    return _held(world, f"people/{world.things['held'].attendances.get().pk}/")


SESSION = "training/sessions/<int:pk>/"
ROWS = [
    Row("training/sessions/", "/training/sessions/"),
    Row("training/sessions/new/", "/training/sessions/new/", may=LEADS),
    Row("training/sessions/<int:pk>/", _at, may=ESSEX),
    Row(
        "training/sessions/<int:pk>/calendar.ics",
        lambda world: _at(world, "calendar.ics"),
        may=ESSEX,
    ),
    Row(SESSION + "edit/", lambda world: _at(world, "edit/"), may=LEADS),
    Row(SESSION + "credit/", lambda world: _at(world, "credit/"), may=LEADS),
    Row(SESSION + "code/", lambda world: _at(world, "code/"), may=LEADS),
    Row(SESSION + "people/", lambda world: _held(world, "people/"), may=LEADS),
    Row(
        SESSION + "people/add/",
        lambda world: _held(world, "people/add/"),
        may=LEADS,
        method="post",
        ok=422,
    ),
    Row(SESSION + "people/<int:record>/", _record, may=LEADS),
    Row(
        SESSION + "settle/",
        lambda world: _held(world, "settle/"),
        may=LEADS,
        method="post",
        ok=302,
    ),
    Row(SESSION + "meeting/", lambda world: _held(world, "meeting/"), may=LEADS),
    Row(SESSION + "evaluation/", lambda world: _held(world, "evaluation/"), may=ESSEX),
    Row(SESSION + "results/", lambda world: _held(world, "results/"), may=LEADS),
]
