"""Rows of one's own account, of people, and of what the manager keeps safe."""

from collections.abc import Callable
from uuid import uuid4

from django.utils import timezone

from assistance import redactions
from assistance.models import Question
from portal.core.models import Redaction
from portal.people.models import Center, Discipline, JoinRequest, LegalHold, MailSuppression
from resources.models import LibraryPage
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

LEADS = frozenset({COORDINATOR, OTHER_COORDINATOR, MANAGER, DEPUTY})
ESSEX = frozenset({COORDINATOR, MANAGER, DEPUTY})  # who answers for a member of Essex
STATE = frozenset({MANAGER, DEPUTY})
DECIDERS = STATE | {SPECIALIST}


def build(world: World) -> None:
    """A request to join Essex, and a hold."""
    world.things["join_request"] = JoinRequest.objects.create(
        email="asks@example.org",
        first_name="Asks",
        last_name="Tojoin",
        agency="An agency",
        discipline=Discipline.objects.get(slug="school"),
        center=Center.objects.get(slug="essex"),
        confirmed_at=timezone.now(),
    )
    world.things["redaction"] = _asked(world)
    world.things["returned"] = MailSuppression.objects.create(
        user=world.member, mark="m", code="5.1.1", source="refused"
    )
    world.things["hold"] = LegalHold.objects.create(reason="A matter", placed_by=world.manager)


def _asked(world: World) -> Redaction:
    """A coordinator of Essex asks about a question that a member of Essex put."""
    question = Question.objects.create(
        asker=world.member,
        center=Center.objects.get(slug="essex"),
        subject="An agenda",
        body="Which one fits?",
        key=uuid4(),
    )
    asked = {"category": "other", "reason": "typed", "key": uuid4(), "words": "agenda"}
    return redactions.ask_on_question(question, by=world.coordinator, **asked)


def of(path: str) -> Callable[[World], str]:
    return lambda world: f"/team/people/{world.people[MEMBER].pk}/{path}"


ROWS = [
    Row("requests/redactions/", "/requests/redactions/", may=DECIDERS),
    Row(
        "requests/redactions/<int:pk>/",
        lambda world: f"/requests/redactions/{world.things['redaction'].pk}/",
        may=STATE,
    ),
    Row(
        "requests/redactions/pages/<int:pk>/",
        lambda world: f"/requests/redactions/pages/{LibraryPage.objects.get().pk}/",
        may=STATE,
    ),
    # Who has an account already is led to it.
    Row("accounts/join/", "/accounts/join/", ok=302, signed_out="open"),
    Row("accounts/join/<str:token>/", "/accounts/join/none/", ok=410, signed_out="ok"),
    Row("accounts/stay/", "/accounts/stay/", ok=204, signed_out="denied", method="post"),
    Row("accounts/idle/", "/accounts/idle/"),
    Row("me/", "/me/"),
    Row("me/data.json", "/me/data.json", ok=302),  # the password is asked first
    Row("me/mail/", "/me/mail/"),
    Row(
        "accounts/mail-off/<str:token>/",
        "/accounts/mail-off/never-made/",
        ok=410,
        signed_out="ok",
    ),
    Row("mail/", "/mail/", may=STATE),
    Row("mail/returned/", "/mail/returned/", may=STATE),
    Row(
        "mail/returned/<int:pk>/",
        lambda world: f"/mail/returned/{world.things['returned'].pk}/",
        may=STATE,
        ok=302,
        method="post",
    ),
    Row("me/attest/", "/me/attest/"),
    Row("team/people/<int:pk>/", of(""), may=ESSEX),
    Row("team/people/<int:pk>/change/", of("change/"), may=ESSEX),
    Row("team/people/<int:pk>/leave/", of("leave/"), may=ESSEX),
    Row("team/people/<int:pk>/invite/", of("invite/"), may=ESSEX, ok=302, method="post"),
    Row("team/people/<int:pk>/on/", of("on/"), may=ESSEX, ok=302, method="post"),
    Row("team/people/<int:pk>/off/<slug:slug>/", of("off/none/"), may=frozenset(), method="post"),
    Row("team/people/<int:pk>/roles/", of("roles/"), may=STATE),
    Row("team/people/<int:pk>/merge/", of("merge/"), may=STATE),
    Row("team/people/<int:pk>/merge/undo/", of("merge/undo/"), may=frozenset(), method="post"),
    Row("team/people/<int:pk>/anonymise/", of("anonymise/"), may=STATE),
    Row("team/people/<int:pk>/data.json", of("data.json"), may=STATE, ok=302),
    Row("team/coverage/", "/team/coverage/", may=STATE),
    Row("team/coverage/<slug:slug>/", "/team/coverage/essex/", may=STATE),
    Row("team/import/", "/team/import/", may=LEADS),
    Row("team/joining/", "/team/joining/", may=LEADS),
    Row(
        "team/joining/<int:pk>/",
        lambda world: f"/team/joining/{world.things['join_request'].pk}/",
        may=frozenset(),  # without a decision there is nothing; with one: test_join_requests.py
        method="post",
    ),
    Row("audit/", "/audit/", may=STATE),
    Row("audit/events.csv", "/audit/events.csv", may=STATE),
    Row("audit/check/", "/audit/check/", may=STATE, method="post"),
    Row("privacy/inventory/", "/privacy/inventory/"),
    Row("privacy/inventory/<slug:part>/", "/privacy/inventory/training/"),
    Row("retention/", "/retention/", may=STATE),
    Row(
        "retention/holds/<int:pk>/",
        lambda world: f"/retention/holds/{world.things['hold'].pk}/",
        may=STATE,
        ok=302,
        method="post",
    ),
]
