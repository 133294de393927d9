"""Rows of the directory, the coordinators' section, initiatives, highlights, forums and facts."""

from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from resources.models import (
    Fact,
    Forum,
    Highlight,
    Initiative,
    InitiativeUpdate,
    Milestone,
    Service,
    ServiceNote,
)
from tests.matrix import Row
from tests.world import (
    AUTHOR,
    COORDINATOR,
    DEPUTY,
    MANAGER,
    OTHER_COORDINATOR,
    REVIEWER,
    SPECIALIST,
    World,
)

CHECKERS = frozenset({MANAGER, DEPUTY, SPECIALIST})
MANAGERS = frozenset({MANAGER, DEPUTY})
SECTION = CHECKERS | {COORDINATOR, OTHER_COORDINATOR, AUTHOR, REVIEWER}
SPECIALIST_ALONE = frozenset({SPECIALIST})
D = "resources/directory/"
P = "resources/initiatives/"
H = "resources/highlights/"
F = "resources/forums/"


def build(world: World) -> None:
    today = timezone.localdate()
    service = Service.objects.create(name="Harbor House")
    initiative = Initiative.objects.create(slug="shared", name="Shared protocol", aim="One shape")
    made = {
        "service": service,
        "note": ServiceNote.objects.create(
            service=service, text="The number is old", key=uuid4(), written_by=world.member
        ),
        "initiative": initiative,
        "update": InitiativeUpdate.objects.create(
            initiative=initiative, text="Begun", key=uuid4(), written_by=world.manager
        ),
        "milestone": Milestone.objects.create(initiative=initiative, text="Plan", due_on=today),
        "draft": Highlight.objects.create(
            title="Draft", text="Text", key=uuid4(), author=world.specialist
        ),
        "forum": Forum.objects.create(
            happened_on=today, level="state", kind="briefing", title="Briefing", funding="cja",
            key=uuid4(), recorded_by=world.manager,
        ),
        "fact": Fact.objects.create(statement="Eleven DAs", figure="11", source="A page"),
    }  # fmt: skip
    world.things.update({f"statewide.{name}": row for name, row in made.items()})


def at(name: str, *things: str):  # type: ignore[no-untyped-def]
    """Return the address of a named route, with the numbers of things in the world."""

    def address(world: World) -> str:
        rows = [world.things[f"statewide.{thing}"] for thing in things]
        return reverse(name, args=[getattr(row, "slug", row.pk) for row in rows])

    return address


ROWS = [
    Row(D, "/resources/directory/"),
    Row(f"{D}by-county/", "/resources/directory/by-county/"),
    Row(f"{D}due/", "/resources/directory/due/", may=CHECKERS),
    Row(
        f"{D}lines/<int:pk>/checked/",
        "/resources/directory/lines/1/checked/",
        may=CHECKERS,
        ok=405,
    ),
    Row(
        f"{D}notes/<int:pk>/settled/", at("note_settled", "note"), may=CHECKERS, ok=302,
        method="post",
    ),
    Row(f"{D}<int:pk>/", at("service", "service")),
    Row(f"{D}<int:pk>/wrong/", at("service_wrong", "service")),
    Row(f"{D}<int:pk>/change/", at("service_change", "service"), may=CHECKERS),
    Row(
        f"{D}<int:pk>/checked/", at("service_checked", "service"), may=CHECKERS, ok=302,
        method="post",
    ),
    Row("resources/coordinators/", "/resources/coordinators/", may=SECTION),
    Row(P, "/resources/initiatives/"),
    Row(f"{P}<slug:slug>/", at("initiative", "initiative"), may=SECTION),
    Row(
        f"{P}<slug:slug>/updates/", at("initiative_tell", "initiative"), may=MANAGERS,
        method="post",
    ),
    Row(
        f"{P}<slug:slug>/milestones/<int:pk>/done/",
        at("milestone_done", "initiative", "milestone"), may=MANAGERS, ok=302, method="post",
    ),
    Row(
        f"{P}<slug:slug>/updates/<int:pk>/delete/",
        at("initiative_take_back", "initiative", "update"), may=MANAGERS, ok=302,
        method="post",
    ),
    Row(H, "/resources/highlights/"),
    Row(f"{H}desk/", "/resources/highlights/desk/", may=CHECKERS),
    Row(f"{H}new/", "/resources/highlights/new/", may=CHECKERS),
    Row(f"{H}<int:pk>/", at("highlight", "draft"), may=CHECKERS),
    Row(f"{H}<int:pk>/change/", at("highlight_change", "draft"), may=SPECIALIST_ALONE),
    Row(
        f"{H}<int:pk>/submit/", at("highlight_submit", "draft"), may=SPECIALIST_ALONE, ok=302,
        method="post",
    ),
    Row(
        f"{H}<int:pk>/approve/", at("highlight_approve", "draft"), may=frozenset(), method="post"
    ),
    Row(f"{H}<int:pk>/back/", at("highlight_back", "draft"), may=frozenset(), method="post"),
    Row(
        f"{H}<int:pk>/withdraw/", at("highlight_withdraw", "draft"), may=CHECKERS, ok=302,
        method="post",
    ),
    Row(f"{H}<int:pk>/delete/", at("highlight_delete", "draft"), may=CHECKERS, ok=405),
    Row(F, "/resources/forums/", may=MANAGERS),
    Row(f"{F}forums.csv", "/resources/forums/forums.csv", may=MANAGERS),
    Row(f"{F}new/", "/resources/forums/new/", may=MANAGERS),
    Row(f"{F}<int:pk>/change/", at("forum_change", "forum"), may=MANAGERS),
    Row(f"{F}<int:pk>/delete/", at("forum_delete", "forum"), may=MANAGERS, ok=405),
    Row("resources/facts/", "/resources/facts/"),
    Row(
        "resources/facts/<int:pk>/checked/", at("fact_checked", "fact"), may=CHECKERS, ok=302,
        method="post",
    ),
]  # fmt: skip
