"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from uuid import uuid4

from resources import suggestions
from tests.matrix import Row
from tests.resources import matrix_statewide
from tests.resources.factories import make_resource
from tests.world import (
    AUTHOR,
    COORDINATOR,
    DEPUTY,
    EVERYONE,
    MANAGER,
    MEMBER,
    OTHER_COORDINATOR,
    REVIEWER,
    World,
)

STAFF = frozenset({AUTHOR, DEPUTY, MANAGER, REVIEWER})
STATE = frozenset({COORDINATOR, OTHER_COORDINATOR, DEPUTY, MANAGER})
ANSWER = frozenset({DEPUTY, MANAGER})


def build(world: World) -> None:
    """The library itself is reference data; single resources are Wagtail's (test_audience.py)."""
    page = make_resource(
        "First calls",
        slug="first-calls",
        kind="guidance",
        audience="coordinators",
        must_read="coordinators",
    )
    world.things["first calls"] = page
    for_all = make_resource("For all", slug="for-all", kept_by=world.author)
    world.things["page suggestion"] = suggestions.suggest(
        page=for_all, kind="wrong", text="A word", by=world.member, key=uuid4()
    )
    matrix_statewide.build(world)


def state(world: World) -> str:
    return f"/resources/reading/{world.things['first calls'].pk}/"


def results(world: World) -> str:
    return f"/resources/usefulness/{world.things['page suggestion'].page_id}/"


def suggestion(world: World) -> str:
    return str(world.things["page suggestion"].get_absolute_url())


COORDINATING = EVERYONE - {"member", "other_member", "trainer"}

ROWS = [
    Row("resources/", "/resources/", signed_out="ok"),
    Row("resources/bookmarks/", "/resources/bookmarks/"),
    Row("resources/to-read/", "/resources/to-read/"),
    Row("resources/reading/", "/resources/reading/", STATE),
    Row("resources/reading/<int:pk>/", state, STATE),
    Row("resources/usefulness/", "/resources/usefulness/", STAFF),
    Row("resources/usefulness/<int:pk>/", results, frozenset({AUTHOR, *ANSWER})),
    Row("resources/suggestions/", "/resources/suggestions/"),
    Row("resources/suggestions/<int:pk>/", suggestion, frozenset({MEMBER, AUTHOR, *ANSWER})),
    Row(
        "resources/<str:slug>/bookmark/",
        "/resources/first-calls/bookmark/",
        COORDINATING,
        ok=302,
        method="post",
    ),
    Row("resources/<str:slug>/useful/", "/resources/first-calls/useful/", COORDINATING),
    Row(
        "resources/<str:slug>/read/",
        "/resources/first-calls/read/",
        frozenset({COORDINATOR, OTHER_COORDINATOR}),
        ok=302,
        method="post",
    ),
    Row("resources/<str:slug>/suggest/", "/resources/first-calls/suggest/", COORDINATING),
    Row("resources/<str:slug>/format/", "/resources/first-calls/format/", COORDINATING),
    *matrix_statewide.ROWS,
]
