"""Members ask their coordinator: asking, answering, sending on as a request."""

import uuid
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assistance import drafts, notices, policies
from assistance.lifecycle import NotAllowed
from assistance.models import Question, Ticket
from portal.core import events, mail, mail_registry, outbox
from portal.core.models import Effect
from portal.core.redaction import showing
from portal.people import roles, scope
from portal.people.models import Center, User

KIND = notices.QUESTION_KIND
mail_registry.put("queue", "question_asked")
mail_registry.put("requests", "question_answered", "question_sent_on")


@mail_registry.thing("assistance.question")
def may_hear(user: User, pk: int) -> bool:
    question = Question.objects.filter(pk=pk).first()
    return question is not None and policies.can_see_question(user, question)


@transaction.atomic
def ask(
    *,
    by: User,
    center: Center | None,
    subject: str,
    body: str,
    key: UUID,
    overrides: int = 0,
    at: datetime | None = None,
) -> Question:
    """Put a question to the coordinators of an own center; without a center to the manager.

    Every text has passed the screen. The same key asks once.
    """
    if not roles.is_member(by):
        raise NotAllowed("ask")
    if center is not None and not scope.own_centers(by).filter(pk=center.pk).exists():
        raise NotAllowed("ask another center")
    at = at or timezone.now()
    question, made = Question.objects.get_or_create(
        key=key,
        defaults={
            "asker": by,
            "center": center,
            "subject": subject,
            "body": body,
            "asked_at": at,
        },
    )
    if question.asker_id != by.pk:
        raise NotAllowed("key of another question")
    if made:
        _tell("asked", question, by=by, at=at, overrides=overrides)
    return question


@transaction.atomic
def answer(
    question: Question, *, by: User, text: str, overrides: int = 0, at: datetime | None = None
) -> Question:
    """Answer a question, once. NotAllowed when it is answered already or not this person's."""
    row = Question.objects.select_for_update().get(pk=question.pk)
    if row.is_answered or not policies.can_answer_question(by, row):
        raise NotAllowed("answer")
    at = at or timezone.now()
    row.answer, row.answered_by, row.answered_at = text, by, at
    row.save()
    _tell("answered", row, by=by, at=at, overrides=overrides)
    return row


@transaction.atomic
def send_on(question: Question, *, by: User, at: datetime | None = None) -> Ticket:
    """Make a draft request of a question, or return the one there is.

    The question keeps the link; its asker sees the request's state once it is submitted.
    """
    row = Question.objects.select_for_update().get(pk=question.pk)
    if row.is_answered or not policies.can_answer_question(by, row):
        raise NotAllowed("send on")
    if row.ticket is not None:
        if not policies.can_see(by, row.ticket):
            raise NotAllowed("send on what another has taken up")
        return row.ticket
    asked = drafts.Asked(
        subject=showing.without_hidden(row, "subject"),
        question=showing.without_hidden(row, "body"),
        center=row.center,
        discipline=row.asker.discipline,
    )
    row.ticket = drafts.save(asked, by=by, key=uuid.uuid4(), at=at)
    row.save(update_fields=["ticket"])
    events.record(
        "question.sent_on", actor=by, subject=row, center_id=row.center_id, ticket=row.ticket.pk
    )
    return row.ticket


def _tell(happened: str, question: Question, *, by: User, at: datetime, overrides: int) -> None:
    event = events.record(
        f"question.{happened}",
        actor=by,
        subject=question,
        center_id=question.center_id,
        at=at,
        overrides=overrides,
    )
    payload = {"question": question.pk, "notice": happened, "actor": by.pk}
    outbox.add(KIND, f"event-{event.pk}", payload=payload)


def answerers(question: Question) -> list[User]:
    """The coordinators of its center today; the managers where there is none."""
    of_center = scope.coordinators_of(question.center_id) if question.center_id else None
    others = of_center.exclude(pk=question.asker_id) if of_center is not None else None
    return list(others or scope.managers())


@outbox.handler(KIND)
def tell(effect: Effect) -> None:
    """Queue one mail per person, without a word of the question."""
    question = Question.objects.select_related("asker").get(pk=effect.payload["question"])
    notice = effect.payload["notice"]
    people = answerers(question) if notice == "asked" else [question.asker]
    context = {"url": f"{settings.BASE_URL}{question.get_absolute_url()}"}
    for user in people:
        if user.pk != effect.payload["actor"]:
            key = f"question-{notice}-{effect.subject}"
            template = f"question_{notice}"
            mail.queue(user.pk, template, subject_key=key, context=context, about=question)
