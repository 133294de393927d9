"""Rows of outside training: one of a member that waits, and one that was accepted."""

from tests.matrix import Row
from tests.training.outside_making import accepted, handed_in
from tests.world import COORDINATOR, DEPUTY, MANAGER, MEMBER, SPECIALIST, World

REVIEWERS = frozenset({SPECIALIST, MANAGER, DEPUTY})
OWN = REVIEWERS | {MEMBER}
TEAM = OWN | {COORDINATOR}


def build(world: World) -> None:
    world.things["outside_waiting"] = handed_in(world.member)
    world.things["outside_accepted"] = accepted(world.member, by=world.specialist)


def _own(world: World, rest: str = "", state: str = "waiting") -> str:
    return f"/me/outside/{world.things[f'outside_{state}'].pk}/{rest}"


def _review(world: World, rest: str, state: str = "waiting") -> str:
    return f"/training/outside/{world.things[f'outside_{state}'].pk}/{rest}"


ROWS = [
    Row("me/outside/", "/me/outside/"),
    Row("me/outside/new/", "/me/outside/new/"),
    Row("me/outside/<int:pk>/", _own, may=OWN),
    Row("me/outside/<int:pk>/", lambda world: _own(world, state="accepted"), may=TEAM),
    Row("me/outside/<int:pk>/file/", lambda world: _own(world, "file/"), may=OWN),
    Row("me/outside/<int:pk>/file/", lambda world: _own(world, "file/", "accepted"), may=TEAM),
    Row("me/outside/<int:pk>/redact/", lambda world: _own(world, "redact/"), may=OWN),
    Row(
        "me/outside/<int:pk>/withdraw/",
        lambda world: _own(world, "withdraw/", "accepted"),
        may=frozenset({MEMBER}),
        ok=302,
        method="post",
    ),
    Row("training/outside/", "/training/outside/", may=REVIEWERS),
    Row(
        "training/outside/<int:pk>/review/", lambda world: _review(world, "review/"), may=REVIEWERS
    ),
    Row(
        "training/outside/<int:pk>/annul/",
        lambda world: _review(world, "annul/", "accepted"),
        may=frozenset({MANAGER, DEPUTY}),
    ),
]
