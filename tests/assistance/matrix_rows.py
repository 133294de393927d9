"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from collections.abc import Callable
from uuid import UUID

from assistance import guidance, questions
from portal.people.models import Center
from tests.assistance.making import answered, assigned, draft
from tests.matrix import Row
from tests.world import (
    COORDINATOR,
    DEPUTY,
    MANAGER,
    MEMBER,
    OTHER_COORDINATOR,
    SPECIALIST,
    World,
)

WORKERS = frozenset({COORDINATOR, OTHER_COORDINATOR, SPECIALIST, MANAGER, DEPUTY})
# The request is of Essex and assigned to the specialist.
SEERS = WORKERS - {OTHER_COORDINATOR}
STAFF = frozenset({SPECIALIST, MANAGER, DEPUTY})
MANAGERS = frozenset({MANAGER, DEPUTY})
OWNER = frozenset({COORDINATOR})
ASKED = frozenset({MEMBER, COORDINATOR, MANAGER, DEPUTY})


def build(world: World) -> None:
    """A draft, a doomed draft and an assigned request of Essex, and a question of its member."""
    world.things["draft"] = draft(world.coordinator)
    world.things["doomed"] = draft(world.coordinator)
    world.things["ticket"] = assigned(world)
    world.things["answered"] = answered(world)
    row = guidance.draft(
        world.things["answered"], by=world.manager, title="An agenda", text="Keep it short."
    )
    row.page.save_revision().publish()
    world.things["guidance"] = row
    for name, key in (("question", 1), ("passed_on", 2)):
        world.things[name] = questions.ask(
            by=world.member,
            center=Center.objects.get(slug="essex"),
            subject="What to bring",
            body="What should I bring to the first meeting?",
            key=UUID(int=key),
        )


def _at(template: str, name: str) -> Callable[[World], str]:
    def address(world: World) -> str:
        thing = world.things[name]
        key = getattr(thing, "number", None) or getattr(thing, "uuid", None) or thing.pk
        return template.format(key)

    return address


def _work(end: str, may: frozenset[str]) -> Row:
    """An empty form: whoever may is shown the page again, everybody else 404."""
    url = _at("/requests/{}/" + end, "ticket")
    return Row(f"requests/<str:number>/{end}", url, may=may, method="post")


ROWS: list[Row] = [
    Row("requests/", "/requests/", may=WORKERS),
    Row("requests/new/", "/requests/new/", may=WORKERS),
    Row("requests/suggestions/", "/requests/suggestions/", may=WORKERS, method="post"),
    Row("requests/assign/", "/requests/assign/", may=MANAGERS, ok=302, method="post"),
    Row("requests/drafts/<uuid:uuid>/", _at("/requests/drafts/{}/", "draft"), may=OWNER),
    Row(
        "requests/drafts/<uuid:uuid>/delete/",
        _at("/requests/drafts/{}/delete/", "doomed"),
        may=OWNER,
        ok=302,
        method="post",
    ),
    Row("requests/<str:number>/", _at("/requests/{}/", "ticket"), may=SEERS),
    Row(
        "requests/<str:number>/news/<int:version>/",
        _at("/requests/{}/news/0/", "ticket"),
        may=SEERS,
    ),
    _work("reply/", SEERS),
    _work("note/", STAFF),
    _work("assignee/", MANAGERS),
    _work("time/", STAFF),
    _work("links/", STAFF),
    _work("filing/", STAFF),
    Row("requests/due/", "/requests/due/", may=WORKERS),
    Row("requests/gaps/", "/requests/gaps/", may=MANAGERS),
    Row(
        "requests/<str:number>/guidance/",
        _at("/requests/{}/guidance/", "answered"),
        may=MANAGERS,
    ),
    Row(
        "requests/<str:number>/guidance/<int:pk>/similar/",
        lambda world: (
            f"/requests/{world.things['answered'].number}/guidance/"
            f"{world.things['guidance'].pk}/similar/"
        ),
        may=MANAGERS,
        ok=302,
        method="post",
    ),
    Row(
        "requests/<str:number>/actions/<str:action>/",
        _at("/requests/{}/actions/withdraw/", "ticket"),
        may=OWNER,
        method="post",
    ),
    Row("ask/", "/ask/"),
    Row("ask/<int:pk>/", _at("/ask/{}/", "question"), may=ASKED),
    Row(
        "ask/<int:pk>/answer/",
        _at("/ask/{}/answer/", "question"),
        may=ASKED - {MEMBER},
        method="post",
    ),
    Row(
        "ask/<int:pk>/send-on/",
        _at("/ask/{}/send-on/", "passed_on"),
        may=ASKED - {MEMBER},
        ok=302,
        method="post",
    ),
]
