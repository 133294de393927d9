"""One person asks and the text is hidden; another agrees and it is gone; a tombstone stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance import guidance, questions, relations, tickets
from assistance.lifecycle import Action
from assistance.models import Message, Question, Ticket
from portal.core import outbox
from portal.core.models import Effect, Event, RedactedSpan, Redaction
from portal.core.redaction.asking import Changed, NotFound
from portal.people import grants, personal_data, redactions, retention
from portal.people.models import Center, User
from tests.assistance import making
from tests.assistance.redacting import (
    BORN,
    LINE,
    NAME,
    agreed,
    asked,
    client_of,
    form,
    leaky,
    page,
)
from tests.world import World, build_world

HIDDEN = "[hidden until it is decided]"


@pytest.fixture
def ticket(world: World) -> Ticket:
    return leaky(world)


def said(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    messages = ticket.messages.values_list("text", flat=True)
    return "\n".join([ticket.subject, ticket.question, ticket.reason, *messages])


def test_what_is_asked_about_is_hidden_at_once_from_everybody_in_every_list(
    world: World, ticket: Ticket
) -> None:
    question = questions.ask(
        by=world.member,
        center=Center.objects.get(slug="essex"),
        subject=f"On {NAME}",
        body=LINE,
        key=uuid4(),
    )
    Question.objects.filter(pk=question.pk).update(ticket=ticket)
    client = client_of(world.coordinator)
    answer = client.post(f"/requests/{ticket.number}/redact/", form("zebulon\nquackenbush-test"))
    assert answer.status_code == 302
    for user in (world.coordinator, world.specialist, world.manager, world.deputy):
        shown = page(user, f"/requests/{ticket.number}/")
        assert NAME not in shown
        assert shown.count(HIDDEN) >= 3
        assert NAME not in page(user, "/requests/")
        assert NAME not in page(user, "/requests/due/")
        assert NAME not in page(user, "/")
        assert NAME not in page(user, "/search/?q=zebulon")
    assert NAME not in page(world.member, "/ask/")
    assert NAME not in page(world.member, f"/ask/{question.pk}/")
    assert NAME not in page(world.member, "/")
    assert NAME in said(ticket)
    assert "Zebulon" not in personal_data.as_json(world.coordinator, for_themselves=True)


def test_who_decides_sees_it_marked_agrees_and_it_is_gone_everywhere(
    world: World, ticket: Ticket
) -> None:
    redaction = asked(ticket, world.coordinator)
    client = client_of(world.manager)
    assert (
        f"/requests/redactions/{redaction.pk}/"
        in client.get("/requests/redactions/").content.decode()
    )
    shown = client.get(f"/requests/redactions/{redaction.pk}/")
    assert f"<mark>{NAME}" in shown.content.decode()
    data = {"decision": "agree", "seal": shown.context["seal"]}
    assert client.post(f"/requests/redactions/{redaction.pk}/", data).status_code == 302
    assert "ebulon" not in said(ticket)
    assert BORN in said(ticket)
    redaction.refresh_from_db()
    assert (redaction.places, redaction.characters) == (4, 4 * len(NAME))
    assert redaction.agreed_by == world.manager
    day = f"{timezone.localtime():%-d %b %Y}"
    tombstone = f"[removed: a name or initials, {day}]"
    assert page(world.coordinator, f"/requests/{ticket.number}/").count(tombstone) == 3
    assert page(world.specialist, f"/requests/{ticket.number}/").count(tombstone) == 4


def test_the_staff_see_who_and_when_and_the_others_that_it_happened(
    world: World, ticket: Ticket
) -> None:
    agreed(ticket, world)
    words = "agreed as the second person"
    assert words in page(world.specialist, f"/requests/{ticket.number}/")
    assert words not in page(world.coordinator, f"/requests/{ticket.number}/")


def test_declined_it_is_shown_again(world: World, ticket: Ticket) -> None:
    before = said(ticket)
    redaction = asked(ticket, world.coordinator)
    client_of(world.deputy).post(f"/requests/redactions/{redaction.pk}/", {"decision": "decline"})
    redaction.refresh_from_db()
    assert redaction.declined_by == world.deputy
    assert said(ticket) == before
    assert NAME in page(world.coordinator, f"/requests/{ticket.number}/")
    assert NAME in page(world.coordinator, "/requests/")
    assert not RedactedSpan.objects.exists()


def test_all_of_a_text_goes_with_its_copies(world: World, ticket: Ticket) -> None:
    reply = ticket.messages.get(kind="reply")
    Message.objects.filter(pk=reply.pk).update(text=f"{LINE}\n\nThat is all.")
    tickets.apply(
        making.say(ticket, world.specialist, "x", then=Action.ANSWER, minutes=5).ticket,
        Action.CONFIRM,
        by=world.coordinator,
    )
    made = guidance.draft(ticket, by=world.manager, title="A page", text=f"Intro.\n\n{LINE}")
    where = f"assistance.message|{reply.pk}|text"
    data = form("", where=where, category="other")
    client_of(world.coordinator).post(f"/requests/{ticket.number}/redact/", data)
    redaction = Redaction.objects.get()
    assert "That is all" not in page(world.manager, f"/requests/{ticket.number}/")
    redactions.agree(redaction, by=world.manager)
    reply.refresh_from_db()
    assert reply.text == "[removed]"
    fresh = type(made.page.specific).objects.get(pk=made.page_id)
    assert "Intro." in str(fresh.body)
    assert "born" not in str(fresh.body)
    assert "born" not in str(fresh.get_latest_revision().content)


def test_what_came_after_the_asking_goes_as_well(world: World, ticket: Ticket) -> None:
    redaction = asked(ticket, world.coordinator)
    making.say(ticket, world.specialist, f"Once more: {NAME}.")
    assert redactions.agree(redaction, by=world.manager).places == 5
    assert "ebulon" not in said(ticket)


def test_agreeing_and_asking_twice_is_harmless(world: World, ticket: Ticket) -> None:
    key = uuid4()
    redaction = asked(ticket, world.coordinator, key=key)
    assert asked(ticket, world.coordinator, key=key) == redaction
    with pytest.raises(NotFound):
        asked(ticket, world.manager, key=key)
    once = redactions.agree(redaction, by=world.manager)
    text = said(ticket)
    again = redactions.agree(redaction, by=world.deputy)
    assert (again.agreed_by, again.agreed_at) == (world.manager, once.agreed_at)
    assert redactions.decline(redaction, by=world.deputy).declined_at is None
    assert said(ticket) == text
    assert Event.objects.filter(kind="redaction.agreed").count() == 1


def test_a_text_that_changed_is_looked_at_again(world: World, ticket: Ticket) -> None:
    redaction = asked(ticket, world.coordinator)
    client = client_of(world.manager)
    address = f"/requests/redactions/{redaction.pk}/"
    seal = client.get(address).context["seal"]
    Ticket.objects.filter(pk=ticket.pk).update(subject=f"With {NAME}."[: len(ticket.subject)])
    answer = client.post(address, {"decision": "agree", "seal": seal})
    assert answer.status_code == 409
    assert NAME in said(ticket)
    Ticket.objects.filter(pk=ticket.pk).update(subject="Short", question="Short")
    Message.objects.update(text="Short")
    with pytest.raises(Changed):
        redactions.agree(redaction, by=world.manager)
    assert "The text has changed since" in client.get(address).content.decode()


def test_two_redactions_of_one_text_keep_their_places(world: World, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(question=f"{BORN}: {LINE} {BORN}.")
    ticket.refresh_from_db()
    of_name, of_date = asked(ticket, world.coordinator), asked(ticket, world.coordinator, BORN)
    redactions.agree(of_name, by=world.manager)
    shown = page(world.coordinator, f"/requests/{ticket.number}/")
    assert BORN not in shown
    redactions.agree(of_date, by=world.manager)
    assert said(ticket).count("[removed]") == 4 + 3
    shown = page(world.coordinator, f"/requests/{ticket.number}/")
    assert shown.count("[removed: a name or initials") == 7 - 1
    assert "ebulon" not in said(ticket)
    assert "March" not in said(ticket)


def test_the_mail_says_that_something_happened_and_no_word_of_what(
    world: World, ticket: Ticket, mailoutbox: list[object]
) -> None:
    redaction = asked(ticket, world.manager)
    outbox.deliver_all()
    outbox.deliver_all()
    told = [m for m in mailoutbox if "redaction" in m.subject]  # type: ignore[attr-defined]
    people = {address for m in told for address in m.to}  # type: ignore[attr-defined]
    assert people == {world.deputy.email, world.specialist.email}
    redactions.agree(redaction, by=world.deputy)
    outbox.deliver_all()
    outbox.deliver_all()
    decided = [m for m in mailoutbox if "is decided" in m.subject]  # type: ignore[attr-defined]
    assert [m.to for m in decided] == [[world.manager.email]]  # type: ignore[attr-defined]
    text = "".join(f"{m.subject}{m.body}" for m in mailoutbox)  # type: ignore[attr-defined]
    assert "ebulon" not in text
    assert "About" not in text


def test_events_and_effects_hold_numbers_and_fixed_words_alone(
    world: World, ticket: Ticket
) -> None:
    agreed(ticket, world)
    data = str(list(Event.objects.values_list())) + str(list(Effect.objects.values_list()))
    assert "ebulon" not in data
    event = Event.objects.get(kind="redaction.agreed")
    assert set(event.data) == {"redaction", "category", "places"}


def test_what_was_merged_or_split_is_reached_and_its_hold_counts(world: World) -> None:
    ticket, target = leaky(world), making.sent(world)
    relations.merge(ticket, by=world.manager, into=target)
    second = relations.Second("Second", f"And {NAME}?", "practice", ["facilitation"])
    part = relations.split(target, second, by=world.manager, key=uuid4())
    target.refresh_from_db()
    redaction = asked(target, world.coordinator)
    assert NAME not in page(world.coordinator, f"/requests/{target.number}/")
    assert NAME not in page(world.coordinator, f"/requests/{part.number}/")
    Ticket.objects.filter(pk=part.pk).update(is_on_hold=True)
    with pytest.raises(redactions.Held):
        redactions.agree(redaction, by=world.manager)
    Ticket.objects.filter(pk=part.pk).update(is_on_hold=False)
    redactions.agree(redaction, by=world.manager)
    assert "ebulon" not in said(ticket) + said(target) + said(part)


def test_a_question_of_a_member_goes_with_the_request_made_of_it(world: World) -> None:
    question = questions.ask(
        by=world.member,
        center=Center.objects.get(slug="essex"),
        subject=f"On {NAME}",
        body=LINE,
        key=uuid4(),
    )
    draft = questions.send_on(question, by=world.coordinator)
    client = client_of(world.member)
    assert "holds identifying details" in client.get(f"/ask/{question.pk}/").content.decode()
    assert client.post(f"/ask/{question.pk}/redact/", form()).status_code == 302
    # The draft's form shows its writer what may be kept.
    shown = page(world.coordinator, f"/requests/drafts/{draft.uuid}/")
    assert "ebulon" not in shown
    redactions.agree(Redaction.objects.get(), by=world.manager)
    question.refresh_from_db()
    assert "ebulon" not in f"{question.subject}{question.body}{said(draft)}"
    assert client_of(world.other_member).get(f"/ask/{question.pk}/redact/").status_code == 404


def test_a_question_that_is_hidden_is_sent_on_without_the_words(world: World) -> None:
    question = questions.ask(
        by=world.member,
        center=Center.objects.get(slug="essex"),
        subject="Plain",
        body=LINE,
        key=uuid4(),
    )
    client_of(world.member).post(f"/ask/{question.pk}/redact/", form())
    draft = questions.send_on(question, by=world.coordinator)
    assert draft.question == LINE.replace(NAME, "[removed]")


def test_the_list_asks_as_often_for_twenty_as_for_two(world: World) -> None:
    counts = []
    for number in (2, 18):
        for _n in range(number):
            agreed(leaky(world), world)
            asked(leaky(world), world.coordinator)
        client = client_of(world.manager)
        client.get("/requests/redactions/")
        counts.append(count_queries(client, "/requests/redactions/"))
    assert counts[0] == counts[1]


def count_queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_archiving_waits_for_the_second_person(world: World) -> None:
    ticket = leaky(world)
    past = timezone.now() - timedelta(days=200)
    Ticket.objects.filter(pk=ticket.pk).update(state="withdrawn", closed_at=past, reason="x")
    redaction = asked(ticket, world.manager)
    retention.apply_all()
    assert NAME in said(ticket)
    redactions.agree(redaction, by=world.deputy)
    retention.apply_all()
    assert said(ticket).strip() == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_make_one_redaction() -> None:
    world = build_world()
    redaction = asked(leaky(world), world.coordinator)

    def agree(user: User) -> int | None:
        try:
            done = redactions.agree(redaction, by=user)
            return done.agreed_by_id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        who = list(pool.map(agree, [world.manager, world.deputy]))
    assert who[0] == who[1]
    assert Event.objects.filter(kind="redaction.agreed").count() == 1


def test_who_may_no_longer_decide_when_the_mail_goes_hears_nothing(
    world: World, ticket: Ticket, mailoutbox: list[object]
) -> None:
    asked(ticket, world.manager)
    Effect.objects.filter(kind="mail").delete()
    for notice in outbox.open_effects():  # it queues its mails
        outbox.deliver(notice.pk)
    grants.end(world.specialist, "specialist", by=world.manager)
    outbox.deliver_all()
    told = [m for m in mailoutbox if "redaction" in m.subject]  # type: ignore[attr-defined]
    assert [m.to for m in told] == [[world.deputy.email]]  # type: ignore[attr-defined]
