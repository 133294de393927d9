"""A member asks, the coordinator answers or sends it on."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assistance import drafts, policies, questions
from assistance.lifecycle import NotAllowed
from assistance.models import Question, Ticket
from portal.core import outbox
from portal.people.models import Center, User
from tests.assistance.making import asked
from tests.posting import said
from tests.world import ACCOUNTS, World


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def question(world: World) -> Question:
    return questions.ask(
        by=world.member,
        center=Center.objects.get(slug="essex"),
        subject="What to bring",
        body="What should I bring to the first meeting?",
        key=uuid4(),
    )


def delivered() -> list[tuple[str, str]]:
    outbox.deliver_all()
    outbox.deliver_all()
    mails = [(m.to[0], said(m)) for m in mail.outbox]
    assert not any("bring" in f"{m.subject} {m.body}" for m in mail.outbox)
    mail.outbox.clear()
    return sorted(mails)


def test_a_member_asks_and_reads_the_answer(world: World) -> None:
    member = client_of(world.member)
    data = {"subject": "What to bring", "body": "What should I bring?", "key": str(uuid4())}
    first, second = (member.post("/ask/", data)["Location"] for _ in range(2))
    assert first == second
    assert delivered() == [(world.coordinator.email, "A member of your team has asked a question.")]
    page = client_of(world.coordinator).get("/ask/").content.decode()
    assert "What to bring" in page
    client_of(world.coordinator).post(f"{first}answer/", {"text": "An open mind."})
    assert delivered() == [(world.member.email, "Your question has an answer.")]
    assert "An open mind." in member.get(first).content.decode()


def test_a_statewide_person_asks_the_manager(world: World) -> None:
    data = {"subject": "What to bring", "body": "What should I bring?", "key": str(uuid4())}
    client_of(world.reviewer).post("/ask/", data)
    assert {address for address, _ in delivered()} == {world.manager.email, world.deputy.email}


def test_a_question_with_a_date_of_birth_is_not_kept(world: World) -> None:
    body = "What about date of birth 04/12/2011?"
    data = {"subject": "What to bring", "body": body, "key": str(uuid4())}
    response = client_of(world.member).post("/ask/", data)
    assert "Not saved" in response.content.decode()
    assert not Question.objects.exists()


def test_a_question_sent_on_becomes_a_draft_then_a_request_that_its_asker_follows(
    world: World,
) -> None:
    found = question(world)
    delivered()
    response = client_of(world.coordinator).post(f"/ask/{found.pk}/send-on/")
    ticket = Ticket.objects.get()
    assert response["Location"] == f"/requests/drafts/{ticket.uuid}/"
    assert (ticket.subject, ticket.discipline) == (found.subject, world.member.discipline)
    assert "Waiting for an answer" in client_of(world.member).get("/ask/").content.decode()
    drafts.send(asked(), by=world.coordinator, key=ticket.uuid)
    mails = delivered()
    told = "Your question was sent on to the program's staff as a request."
    assert (world.member.email, told) in mails
    page = client_of(world.member).get(f"/ask/{found.pk}/").content.decode()
    assert "Sent on to the program" in page
    assert "/requests/TA-" not in page


def test_a_deleted_draft_gives_the_question_back(world: World) -> None:
    found = question(world)
    ticket = questions.send_on(found, by=world.coordinator)
    drafts.discard(ticket, by=world.coordinator)
    found.refresh_from_db()
    assert found.ticket is None


def test_a_question_is_answered_once_and_by_those_it_is_put_to(world: World) -> None:
    found = question(world)
    for stranger in (world.member, world.other_coordinator, world.specialist):
        with pytest.raises(NotAllowed):
            questions.answer(found, by=stranger, text="No")
    questions.answer(found, by=world.coordinator, text="Yes")
    with pytest.raises(NotAllowed):
        questions.answer(found, by=world.manager, text="Again")


def test_nobody_asks_another_center(world: World) -> None:
    with pytest.raises(NotAllowed):
        questions.ask(
            by=world.member,
            center=Center.objects.get(slug="bristol"),
            subject="x",
            body="y",
            key=uuid4(),
        )


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_policy_and_the_queryset_agree(world: World, account: str) -> None:
    found, user = question(world), world.people[account]
    visible = Question.objects.visible_to(user).filter(pk=found.pk).exists()
    assert visible == policies.can_see_question(user, found)


@pytest.mark.parametrize("many", [2, 20])
def test_the_page_asks_the_same_number_of_queries_at_any_size(
    world: World, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        question(world)
    client = client_of(world.coordinator)
    client.get("/ask/")
    with django_assert_max_num_queries(14):
        client.get("/ask/")
