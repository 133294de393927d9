"""Each class of text goes on its day, not a day before, and not under a hold."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assistance import policies, questions, queues
from assistance.models import Question, Ticket
from portal.core import insert_only
from portal.core.models import RedactedSpan, Redaction
from portal.people import redactions, retention
from portal.people.models import Center, User
from tests.assistance import making
from tests.assistance.redacting import agreed, asked, client_of, leaky
from tests.training import learning_factories as make
from tests.training.factories import make_module
from tests.world import World
from training.models import Completion, QuizAttempt, Response

Row = tuple[Callable[[timedelta], object], Callable[[], bool], timedelta]


def ask(world: World) -> Question:
    return questions.ask(
        by=world.member,
        center=Center.objects.get(slug="essex"),
        subject="An agenda",
        body="Which one fits?",
        key=uuid4(),
    )


def answered(world: World) -> Row:
    questions.answer(ask(world), by=world.coordinator, text="The short one.")

    def age(by: timedelta) -> object:
        return Question.objects.update(answered_at=timezone.now() - by)

    return age, lambda: not Question.objects.exclude(body="").exists(), timedelta(days=180)


def unanswered(world: World) -> Row:
    ask(world)

    def age(by: timedelta) -> object:
        return Question.objects.update(asked_at=timezone.now() - by)

    return age, lambda: not Question.objects.exclude(subject="").exists(), timedelta(days=365)


def request(world: World) -> Row:
    making.closed(world)

    def age(by: timedelta) -> object:
        return Ticket.objects.update(closed_at=timezone.now() - by)

    return age, lambda: not Ticket.objects.exclude(question="").exists(), timedelta(days=180)


def draft(world: World) -> Row:
    making.draft(world.coordinator)

    def age(by: timedelta) -> object:
        return Ticket.objects.update(edited_at=timezone.now() - by)

    return age, lambda: not Ticket.objects.exists(), timedelta(days=30)


def tombstone(world: World) -> Row:
    agreed(leaky(world), world)

    def age(by: timedelta) -> object:
        return Redaction.objects.update(agreed_at=timezone.now() - by)

    def is_gone() -> bool:
        return not Redaction.objects.exists() and not RedactedSpan.objects.exists()

    return age, is_gone, timedelta(days=7 * 365 + 2)


def quiz_answers(world: World) -> Row:
    make.complete(world.member, make_module("T01")[0])

    def age(by: timedelta) -> object:
        return QuizAttempt.objects.update(closed_at=timezone.now() - by)

    return age, lambda: not Response.objects.exists(), timedelta(days=7 * 365 + 2)


CLASSES = {f.__name__: f for f in (answered, unanswered, request, draft, tombstone, quiz_answers)}
HELD = {
    "answered": "member",
    "unanswered": "member",
    "request": "coordinator",
    "draft": "coordinator",
    "tombstone": "coordinator",
    "quiz_answers": "member",
}


@pytest.mark.parametrize("name", CLASSES)
def test_it_goes_on_its_day(world: World, name: str) -> None:
    age, is_gone, kept = CLASSES[name](world)
    age(kept - timedelta(minutes=10))
    retention.apply_all()
    assert not is_gone()
    age(kept + timedelta(minutes=10))
    retention.apply_all()
    assert is_gone()
    assert insert_only.missing() == []
    assert retention.report()
    assert all(line.due == 0 for line in retention.report())


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("on_everything", [True, False])
def test_a_hold_keeps_it(world: World, name: str, on_everything: bool) -> None:
    age, is_gone, kept = CLASSES[name](world)
    age(kept + timedelta(days=1))
    person: User | None = None if on_everything else world.people[HELD[name]]
    hold = retention.place_hold(reason="A matter", by=world.manager, person=person)
    retention.apply_all()
    assert not is_gone()
    assert any(line.held for line in retention.report())
    retention.lift_hold(hold, by=world.manager)
    retention.apply_all()
    assert is_gone()


def test_the_row_of_a_question_stays_and_waits_for_nobody(world: World) -> None:
    age, _is_gone, kept = unanswered(world)
    age(kept + timedelta(days=1))
    retention.apply_all()
    question = Question.objects.get()
    assert question.asker == world.member
    assert not queues.questions_to_answer(world.coordinator).exists()
    shown = client_of(world.coordinator).get(f"/ask/{question.pk}/")
    assert "What was written is deleted" in shown.content.decode()
    assert shown.context["form"] is None
    assert policies.can_see_question(world.member, question)
    assert client_of(world.member).get("/ask/").status_code == 200


def test_a_question_that_became_a_request_goes_with_it_and_not_before(world: World) -> None:
    question = ask(world)
    ticket = making.closed(world)
    Question.objects.filter(pk=question.pk).update(
        ticket=ticket, asked_at=timezone.now() - timedelta(days=900)
    )
    retention.apply_all()
    question.refresh_from_db()
    assert question.body


def test_a_question_under_redaction_is_decided_first(world: World) -> None:
    question = ask(world)
    client_of(world.member).post(
        f"/ask/{question.pk}/redact/",
        {"key": str(uuid4()), "where": "words", "words": "agenda", "category": "other",
         "reason": "typed"},
    )  # fmt: skip
    Question.objects.update(asked_at=timezone.now() - timedelta(days=900))
    retention.apply_all()
    question.refresh_from_db()
    assert question.body
    redactions.agree(Redaction.objects.get(), by=world.manager)
    retention.apply_all()
    question.refresh_from_db()
    assert question.subject == ""


def test_what_waits_for_a_second_person_never_goes_by_age(world: World) -> None:
    row = asked(leaky(world), world.coordinator)
    with insert_only.lifted(labels=["core.Redaction"]):
        Redaction.objects.update(asked_at=timezone.now() - timedelta(days=9000))
    retention.apply_all()
    assert Redaction.objects.filter(pk=row.pk).exists()


def test_scores_and_completions_outlive_the_answers(world: World) -> None:
    age, is_gone, kept = quiz_answers(world)
    age(kept + timedelta(days=1))
    retention.apply_all()
    assert is_gone()
    assert Completion.objects.exists()
    assert QuizAttempt.objects.exclude(score=None).exists()
    client = client_of(world.member)
    for path in ("/me/transcript/", "/training/t01/", "/training/t01/quiz/", "/training/t01/1/"):
        assert client.get(path, follow=True).status_code == 200
