"""Rows of the centers' pages: Essex, with a protocol that one agency signed."""

from tests.matrix import Row
from tests.training.protocol_making import make_version
from tests.world import COORDINATOR, DEPUTY, MANAGER, OTHER_COORDINATOR, World
from training import protocols

LEADS = frozenset({COORDINATOR, OTHER_COORDINATOR, MANAGER, DEPUTY})
ESSEX = frozenset({COORDINATOR, MANAGER, DEPUTY})


def build(world: World) -> None:
    version = make_version(world.coordinator)
    world.things["version"] = version
    world.things["sign_off"] = protocols.sign(
        version, agency="DCF area office", signed_on=version.adopted_on, by=world.coordinator
    )


def _version(world: World, rest: str) -> str:
    return f"/team/centers/essex/protocol/{world.things['version'].pk}/{rest}/"


ROWS = [
    Row("team/centers/", "/team/centers/", may=LEADS),
    Row("team/centers/<slug:slug>/", "/team/centers/essex/", may=ESSEX),
    Row(
        "team/centers/<slug:slug>/protocol/new/",
        "/team/centers/essex/protocol/new/",
        may=ESSEX,
    ),
    Row(
        "team/centers/<slug:slug>/protocol/<int:pk>/sign/",
        lambda world: _version(world, "sign"),
        may=ESSEX,
    ),
    Row(
        "team/centers/<slug:slug>/protocol/<int:pk>/review/",
        lambda world: _version(world, "review"),
        may=ESSEX,
    ),
    Row(
        "team/centers/<slug:slug>/sign-offs/<int:pk>/take-back/",
        lambda world: f"/team/centers/essex/sign-offs/{world.things['sign_off'].pk}/take-back/",
        may=ESSEX,
        ok=302,
        method="post",
    ),
]
