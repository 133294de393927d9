"""Rows of this app's addresses; `build` puts the objects they speak of into the world."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from assistance import activities, follow_ups, guidance, passages, questions, relations, seats
from assistance.models import Ticket
from portal.people.models import Center
from tests.assistance.making import answered, assigned, attached, closed, draft
from tests.assistance.recording import recorded
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
    for name, key in (("file", 3), ("doomed_file", 4)):
        world.things[name] = attached(world.things["ticket"], world.coordinator, key=UUID(int=key))
    row = guidance.draft(
        world.things["answered"], by=world.manager, title="An agenda", text="Keep it short."
    )
    row.page.save_revision().publish()
    world.things["guidance"] = row
    world.things["tie"] = relations.relate(
        world.things["ticket"], by=world.manager, to=world.things["answered"]
    )
    _record(world)
    for name, key in (("question", 1), ("passed_on", 2)):
        world.things[name] = questions.ask(
            by=world.member,
            center=Center.objects.get(slug="essex"),
            subject="What to bring",
            body="What should I bring to the first meeting?",
            key=UUID(int=key),
        )


def _record(world: World) -> None:
    """An open and an approved record, one to approve, a closed request asked about, the desk."""
    ticket = world.things["ticket"]
    for name in ("record", "approved", "corrected"):
        world.things[name] = recorded(world.specialist, ticket)
    for name in ("approved", "corrected"):
        activities.approve(world.things[name], by=world.manager)
    world.things["step"] = world.things["approved"].steps.get(side="center")
    world.things["followed"] = closed(world)
    rows = Ticket.objects.filter(pk=world.things["followed"].pk)
    rows.update(follow_up_on=timezone.localdate())
    follow_ups.ask()
    world.things["passage"] = passages.keep(
        by=world.manager, key=UUID(int=7), title="The kit", text="It stands in the library."
    )
    world.things["seat"] = seats.give(
        by=world.manager,
        user=world.specialist,
        topics=["legal"],
        key=UUID(int=8),
        starts_on=timezone.localdate() - timedelta(days=3),
    )


def _at(template: str, name: str) -> Callable[[World], str]:
    def address(world: World) -> str:
        thing = world.things[name]
        key = getattr(thing, "number", None) or getattr(thing, "uuid", None) or thing.pk
        return template.format(key)

    return address


def _file(end: str = "", name: str = "file") -> Callable[[World], str]:
    return lambda world: (
        f"/requests/{world.things['ticket'].number}/files/{world.things[name].pk}/{end}"
    )


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
    _work("files/", SEERS),
    Row("requests/<str:number>/files/<int:pk>/", _file(), may=SEERS),
    Row(
        "requests/<str:number>/files/<int:pk>/remove/",
        _file("remove/", "doomed_file"),
        may=OWNER | MANAGERS,
        ok=302,
        method="post",
    ),
    _work("assignee/", MANAGERS),
    _work("time/", STAFF),
    _work("links/", STAFF),
    _work("filing/", STAFF),
    _work("related/", SEERS),
    Row(
        "requests/<str:number>/related/<int:pk>/remove/",
        lambda world: (
            f"/requests/{world.things['ticket'].number}/related/{world.things['tie'].pk}/remove/"
        ),
        may=SEERS,
        ok=302,
        method="post",
    ),
    _work("merge/", MANAGERS),
    Row("requests/<str:number>/split/", _at("/requests/{}/split/", "ticket"), may=STAFF),
    Row(
        "requests/<str:number>/watch/",
        _at("/requests/{}/watch/", "ticket"),
        may=SEERS,
        method="post",
    ),
    _work("reply/passage/", STAFF),
    Row(
        "requests/<str:number>/activities/new/",
        _at("/requests/{}/activities/new/", "ticket"),
        may=STAFF,
    ),
    Row("requests/activities/", "/requests/activities/", may=WORKERS),
    Row("requests/activities/export/", "/requests/activities/export/", may=STAFF),
    Row("requests/activities/new/", "/requests/activities/new/", may=STAFF),
    Row("requests/activities/<int:pk>/", _at("/requests/activities/{}/", "approved"), may=SEERS),
    Row(
        "requests/activities/<int:pk>/change/",
        _at("/requests/activities/{}/change/", "record"),
        may=STAFF,
    ),
    Row(
        "requests/activities/<int:pk>/approve/",
        _at("/requests/activities/{}/approve/", "record"),
        may=MANAGERS,
        ok=302,
        method="post",
    ),
    Row(
        "requests/activities/<int:pk>/correct/",
        _at("/requests/activities/{}/correct/", "corrected"),
        may=STAFF,
    ),
    Row(
        "requests/activities/<int:pk>/goal/",
        _at("/requests/activities/{}/goal/", "record"),
        may=STAFF,
        method="post",
    ),
    Row(
        "requests/activities/<int:pk>/steps/<int:step>/done/",
        lambda world: (
            f"/requests/activities/{world.things['approved'].pk}/steps/"
            f"{world.things['step'].pk}/done/"
        ),
        may=SEERS,
        ok=302,
        method="post",
    ),
    Row("requests/<str:number>/follow-up/", _at("/requests/{}/follow-up/", "followed"), may=OWNER),
    Row("requests/follow-ups/", "/requests/follow-ups/", may=MANAGERS),
    Row("requests/passages/", "/requests/passages/", may=MANAGERS),
    Row("requests/passages/new/", "/requests/passages/new/", may=MANAGERS),
    Row("requests/passages/<int:pk>/", _at("/requests/passages/{}/", "passage"), may=MANAGERS),
    Row("requests/specialists/", "/requests/specialists/", may=MANAGERS),
    Row(
        "requests/specialists/<int:pk>/end/",
        _at("/requests/specialists/{}/end/", "seat"),
        may=MANAGERS,
        ok=302,
        method="post",
    ),
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
    Row("requests/<str:number>/redact/", _at("/requests/{}/redact/", "ticket"), may=SEERS),
    Row("ask/<int:pk>/redact/", _at("/ask/{}/redact/", "question"), may=ASKED),
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
