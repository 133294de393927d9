"""Who gets a mail, and that nothing but number, event and link stands in it."""

import pytest

from assistance import tickets
from assistance.lifecycle import Action
from portal.core.models import Effect, Event
from portal.people import grants
from tests.assistance.making import QUESTION, answered, assigned, say, sent
from tests.factories import UserFactory
from tests.posting import delivered, said
from tests.world import World


def sent_mails() -> list[tuple[str, str]]:
    """Deliver what is due; return (address, sentence) and empty the box."""
    return sorted((m.to[0], said(m)) for m in delivered())


def test_each_step_tells_whom_it_concerns_and_never_the_one_who_acted(world: World) -> None:
    ticket = sent(world)
    number = ticket.number
    managers = {world.manager.email, world.deputy.email}
    assert sent_mails() == sorted((m, f"Request {number} was sent in.") for m in managers)
    tickets.assign(ticket, by=world.manager, to=world.specialist)
    assert sent_mails() == [(world.specialist.email, f"Request {number} was assigned to you.")]
    say(ticket, world.specialist, "Looking into it.")
    assert sent_mails() == [(world.coordinator.email, f"There is a new reply on request {number}.")]
    say(ticket, world.coordinator, "Thank you.")
    assert sent_mails() == [(world.specialist.email, f"The requester wrote on request {number}.")]
    say(ticket, world.specialist, "So:", then=Action.ANSWER, minutes=5)
    told = f"Request {number} has an answer. Please say whether it helps."
    assert sent_mails() == [(world.coordinator.email, told)]
    tickets.apply(ticket, Action.CONFIRM, by=world.coordinator)
    told = f"The requester confirmed the answer to request {number}."
    assert sent_mails() == [(world.specialist.email, told)]


def test_a_mail_holds_the_number_and_the_link_and_not_a_word_of_the_request(world: World) -> None:
    ticket = assigned(world)
    say(ticket, world.specialist, "The purple elephant agenda.")
    messages = delivered()
    assert messages
    for message in messages:
        whole = f"{message.subject}\n{message.body}"
        assert ticket.number
        assert ticket.number in whole
        assert f"/requests/{ticket.number}/" in message.body
        for secret in (QUESTION, ticket.subject, "elephant", world.coordinator.last_name):
            assert secret not in whole
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_recipients_are_worked_out_when_the_mail_goes(world: World) -> None:
    ticket = assigned(world)
    sent_mails()
    say(ticket, world.coordinator, "Any news?")
    grants.end(world.specialist, "specialist", by=world.manager)
    addresses = {address for address, _ in sent_mails()}
    assert addresses == {world.manager.email, world.deputy.email}


def test_a_notice_had_twice_is_mailed_once(world: World) -> None:
    sent(world)
    sent_mails()
    Effect.objects.filter(kind="assistance.notice").update(done_at=None)
    assert sent_mails() == []


def test_no_event_and_no_effect_holds_what_was_typed(world: World) -> None:
    ticket = answered(world)
    rows = [str(e.data) for e in Event.objects.all()]
    rows += [str(e.payload) for e in Effect.objects.all()]
    assert not any("agenda" in row.lower() or "safety" in row.lower() for row in rows)
    assert ticket.state == "answered"


@pytest.mark.parametrize("kind", ["decline", "withdraw"])
def test_an_end_without_an_answer_tells_the_other_side(world: World, kind: str) -> None:
    ticket = assigned(world, to=UserFactory(is_statewide=True, roles=("specialist",)))
    sent_mails()
    by = world.manager if kind == "decline" else world.coordinator
    tickets.apply(ticket, Action(kind), by=by, reason="Settled otherwise")
    addresses = {address for address, _ in sent_mails()}
    assert ticket.assignee
    expected = {ticket.assignee.email}
    assert addresses == (expected | {world.coordinator.email} if kind == "decline" else expected)
