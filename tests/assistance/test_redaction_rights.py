"""Who may ask, who may decide, and what is refused: one person, a stranger, a hold, a bad form."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from assistance.lifecycle import NotAllowed
from assistance.models import Ticket
from portal.core.models import Redaction
from portal.core.redaction import asking
from portal.people import merging, redactions, retention
from portal.people.models import User
from tests.assistance.redacting import (
    BORN,
    NAME,
    asked,
    client_of,
    form,
    leaky,
    page,
)
from tests.factories import UserFactory
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return leaky(world)


def said(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    messages = ticket.messages.values_list("text", flat=True)
    return "\n".join([ticket.subject, ticket.question, ticket.reason, *messages])


@pytest.mark.parametrize("asker", ["coordinator", "specialist", "manager", "deputy"])
def test_nobody_takes_both_steps(world: World, ticket: Ticket, asker: str) -> None:
    user = world.people[asker]
    redaction = asked(ticket, user)
    address = f"/requests/redactions/{redaction.pk}/"
    client = client_of(user)
    assert client.get(address).status_code == 404
    assert client.post(address, {"decision": "agree"}).status_code == 404
    with pytest.raises(redactions.NotAllowed):
        redactions.agree(redaction, by=user)
    with pytest.raises(redactions.NotAllowed):
        redactions.decline(redaction, by=user)
    assert NAME in said(ticket)


def test_nor_with_a_second_account(world: World, ticket: Ticket) -> None:
    """A merged account and its person are one, whichever of them asked."""
    second = UserFactory(is_statewide=True, roles=("deputy",))
    redaction = asked(ticket, second)
    second.grants.all().delete()
    merging.merge(second, world.manager, by=world.deputy)
    with pytest.raises(redactions.NotAllowed):
        redactions.agree(redaction, by=world.manager)
    assert not page(world.manager, "/requests/redactions/").count("Look and decide")
    assert redactions.agree(redaction, by=world.deputy).agreed_at


def test_the_database_refuses_one_person_as_well(world: World, ticket: Ticket) -> None:
    redaction = asked(ticket, world.manager)
    with pytest.raises(DatabaseError), transaction.atomic():
        asking.agree(redaction, by=world.manager)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Redaction.objects.filter(pk=redaction.pk).update(asked_by=world.deputy)


def test_a_specialist_decides_what_a_manager_asked_for_and_nothing_else(
    world: World, ticket: Ticket
) -> None:
    other = asked(ticket, world.coordinator, BORN)
    assert client_of(world.specialist).get(f"/requests/redactions/{other.pk}/").status_code == 404
    of_manager = asked(ticket, world.manager)
    assert redactions.agree(of_manager, by=world.specialist).agreed_at


@pytest.mark.parametrize("account", ["member", "other_coordinator", "author", "trainer"])
def test_others_are_told_that_there_is_nothing(world: World, ticket: Ticket, account: str) -> None:
    redaction = asked(ticket, world.coordinator)
    client = client_of(world.people[account])
    assert client.get("/requests/redactions/").status_code == 404
    assert client.post(f"/requests/redactions/{redaction.pk}/").status_code == 404
    assert client.get(f"/requests/{ticket.number}/redact/").status_code == 404
    assert client.post(f"/requests/{ticket.number}/redact/", form()).status_code == 404
    with pytest.raises(NotAllowed):
        asked(ticket, world.people[account], BORN)


def test_a_former_coordinator_and_an_archived_request_are_refused(
    world: World, ticket: Ticket
) -> None:
    world.coordinator.assignments.update(ends_on=date(2020, 1, 1), starts_on=date(2019, 1, 1))
    with pytest.raises(NotAllowed):
        asked(ticket, User.objects.get(pk=world.coordinator.pk))
    Ticket.objects.filter(pk=ticket.pk).update(state="archived", closed_at=timezone.now())
    with pytest.raises(NotAllowed):
        asked(ticket, world.manager)


def test_what_stands_in_a_note_alone_is_not_found_by_who_cannot_read_it(
    world: World, ticket: Ticket
) -> None:
    answer = client_of(world.coordinator).post(
        f"/requests/{ticket.number}/redact/", form("Ottoline")
    )
    assert answer.status_code == 200
    assert "no text here that you can read" in answer.content.decode()
    assert not Redaction.objects.exists()
    agreed_by_staff = asked(ticket, world.specialist, "Ottoline")
    assert redactions.agree(agreed_by_staff, by=world.manager).places == 1


@pytest.mark.parametrize("on", ["everything", "requester", "request"])
def test_a_legal_hold_keeps_the_text_hidden(world: World, ticket: Ticket, on: str) -> None:
    redaction = asked(ticket, world.coordinator)
    hold = None
    if on == "request":
        Ticket.objects.filter(pk=ticket.pk).update(is_on_hold=True)
    else:
        person = world.coordinator if on == "requester" else None
        hold = retention.place_hold(reason="A matter", by=world.manager, person=person)
    with pytest.raises(redactions.Held):
        redactions.agree(redaction, by=world.manager)
    shown = page(world.manager, f"/requests/redactions/{redaction.pk}/")
    assert "A legal hold stands" in shown
    assert "Agree and remove" not in shown
    assert NAME not in page(world.coordinator, f"/requests/{ticket.number}/")
    if hold:
        retention.lift_hold(hold, by=world.manager)
    Ticket.objects.filter(pk=ticket.pk).update(is_on_hold=False)
    assert redactions.agree(redaction, by=world.manager).agreed_at


@pytest.mark.parametrize(
    "changes",
    [
        {"words": ""},
        {"words": "x"},
        {"words": "\0\0"},
        {"words": "nowhere at all"},
        {"where": "assistance.message|99999999999999999999999999|text"},
        {"where": "people.user|1|email"},
        {"category": "none"},
        {"reason": ""},
        {"key": "x"},
        {"words": "a" * 100_000},
    ],
)
def test_a_form_that_makes_no_sense_comes_back(
    world: World, ticket: Ticket, changes: dict[str, str]
) -> None:
    address = f"/requests/{ticket.number}/redact/"
    answer = client_of(world.coordinator).post(address, form(**changes))  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert client_of(world.coordinator).post(address, {}).status_code == 200
    assert not Redaction.objects.exists()


def test_nothing_is_asked_by_looking(world: World, ticket: Ticket, client: Client) -> None:
    client.force_login(world.coordinator)
    assert client.get(f"/requests/{ticket.number}/redact/", form()).status_code == 200
    assert not Redaction.objects.exists()
