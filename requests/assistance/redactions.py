"""Redaction of requests and questions: where their texts lie, and who may ask."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance import attachments, lifecycle, policies, tickets
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import (
    ActivityRecord,
    Attachment,
    FollowUp,
    GoalChange,
    Message,
    NextStep,
    Question,
    Ticket,
)
from portal.core.models import Redaction
from portal.core.redaction import asking, registry, shapes, showing
from portal.core.redaction.registry import Root
from portal.core.redaction.removing import Place
from portal.people import redactions
from portal.people.models import User

TICKET = Ticket._meta.label_lower
QUESTION = Question._meta.label_lower
PLAIN = shapes.plain


@transaction.atomic
def ask_on_request(ticket: Ticket, *, by: User, **asked: Any) -> Redaction:
    """Hide words or a text of a request and ask to remove them. NotAllowed, asking.NotFound."""
    row = tickets.lock(ticket)
    if not lifecycle.may(Work.REDACT, State(row.state), policies.parts(by, row)):
        raise NotAllowed("redact")
    return _ask(row, by=by, **asked)


@transaction.atomic
def ask_on_question(question: Question, *, by: User, **asked: Any) -> Redaction:
    """As for a request. NotAllowed for whoever does not see the question."""
    if not policies.can_see_question(by, question):
        raise NotAllowed("redact")
    return _ask(question, by=by, **asked)


def _ask(root: Model, *, by: User, **asked: Any) -> Redaction:
    row = asking.ask(root, by=by, sees=lambda each: _sees(by, each), **asked)
    redactions.tell_deciders(row)
    return row


def _sees(user: User, row: Model) -> bool:
    if isinstance(row, Ticket):
        return policies.can_see(user, row)
    if isinstance(row, Question):
        return policies.can_see_question(user, row)
    if isinstance(row, Message):
        return Message.objects.visible_to(user).filter(pk=row.pk).exists()
    if isinstance(row, Attachment):
        return Attachment.objects.visible_to(user).filter(pk=row.pk).exists()
    if isinstance(row, FollowUp):
        return policies.can_see(user, row.ticket)
    return _sees_record(user, row)


def _sees_record(user: User, row: Model) -> bool:
    """Of an activity that is not approved yet only whoever works on it sees a word."""
    record = row if isinstance(row, ActivityRecord) else getattr(row, "record", None)
    return isinstance(record, ActivityRecord) and policies.can_see_record(user, record)


def texts_of_request(ticket: Ticket, user: User) -> list[tuple[Place, Any, str]]:
    """Return the texts of a request that the person reads: place, what to call it, the words.

    Of requests that were merged into it, too: the page shows them.
    """
    merged = list(Ticket.objects.filter(duplicate_of=ticket, is_merged=True).visible_to(user))
    seen = Message.objects.visible_to(user).filter(ticket__in=[ticket, *merged])
    messages = list(seen.select_related("author"))
    kept = Attachment.objects.visible_to(user).kept().filter(ticket__in=[ticket, *merged])
    files = list(kept.select_related("uploaded_by"))
    showing.prepare([ticket, *merged, *messages, *files])
    own = [
        (ticket, "subject", _("The subject")),
        (ticket, "question", _("The question")),
        (ticket, "reason", _("The reason it ended")),
    ]
    asked = [(row, "question", _("The question of %(n)s") % {"n": row.number}) for row in merged]
    said = [(message, "text", _named(message)) for message in messages]
    brought = [(file, "name", _named_file(file)) for file in files]
    return _texts([*own, *asked, *said, *brought])


def texts_of_question(question: Question) -> list[tuple[Place, Any, str]]:
    return _texts(
        [
            (question, "subject", _("The subject")),
            (question, "body", _("The question")),
            (question, "answer", _("The answer")),
        ]
    )


def _texts(rows: list[tuple[Any, str, str]]) -> list[tuple[Place, Any, str]]:
    return [
        ((*registry.key_of(row), field), label, text)
        for row, field, label in rows
        if (text := showing.words(row, field))
    ]


def _named(message: Message) -> str:
    words = {
        "name": message.author.name,
        "when": date_format(localtime(message.created_at), "DATETIME_FORMAT"),
    }
    if message.kind == Message.Kind.NOTE:
        return _("The internal note by %(name)s, %(when)s") % words
    return _("The reply by %(name)s, %(when)s") % words


def _named_file(file: Attachment) -> str:
    words = {
        "name": file.uploaded_by.name,
        "when": date_format(localtime(file.created_at), "DATETIME_FORMAT"),
    }
    return _("The file by %(name)s, %(when)s, with all that stands in it") % words


def _of_ticket(ticket: Ticket) -> Iterator[Model]:
    yield from ticket.messages.all()
    yield from ticket.attachments.kept()
    yield from ticket.questions.all()
    yield from ticket.activities.all()
    yield from ticket.follow_ups.all()
    for draft in ticket.guidance_drafts.select_related("page"):
        yield draft.page.specific


def _of_activity(record: ActivityRecord) -> Iterator[Model]:
    yield from record.steps.all()
    yield from record.goal_changes.all()


def _made_of(ticket: Ticket) -> Iterator[Model]:
    """Yield requests that hold a part of this one: merged into it, split off it, or the other way
    round."""
    yield from ticket.duplicates.filter(is_merged=True)
    yield from ticket.split_off.all()
    if ticket.is_merged and ticket.duplicate_of is not None:
        yield ticket.duplicate_of
    if ticket.split_from is not None:
        yield ticket.split_from


def _new_for_other_tabs(ticket: Ticket) -> None:
    """A draft that is open in a tab since before must not be saved over what was cut."""
    Ticket.objects.filter(pk=ticket.pk, state=State.DRAFT).update(edited_at=timezone.now())


def _take_the_file(attachment: Attachment) -> None:
    """Where words of its name are removed, the file goes with them."""
    there = Attachment.objects.kept().filter(pk=attachment.pk).first()
    if there is None or not showing.lost_words(there):
        return
    there.removed_at = timezone.now()
    attachments.purge([there], ["removed_at"])


def _of_question(question: Question) -> list[Model]:
    return [question.ticket] if question.ticket is not None else []


def _people(ticket: Ticket) -> Iterator[int]:
    yield from (pk for pk in (ticket.requester_id, ticket.assignee_id) if pk)
    yield from ticket.messages.values_list("author", flat=True)
    yield from ticket.questions.values_list("asker", flat=True)


def _locked(model: type[Model]) -> Callable[[str], Model | None]:
    return lambda pk: model._default_manager.select_for_update().filter(pk=pk).first()


ticket_texts: shapes.Fields = {"subject": PLAIN, "question": PLAIN, "reason": PLAIN}
question_texts: shapes.Fields = {"subject": PLAIN, "body": PLAIN, "answer": PLAIN}
registry.texts(Ticket, gettext_lazy("the request"), ticket_texts, is_read=True)
registry.texts(Message, gettext_lazy("a reply or note"), {"text": PLAIN}, is_read=True)
registry.texts(Question, gettext_lazy("a member's question"), question_texts, is_read=True)
registry.texts(Attachment, gettext_lazy("a file"), {"name": PLAIN}, is_read=True)
activity_texts: shapes.Fields = {"goal": PLAIN, "working_notes": PLAIN}
registry.texts(ActivityRecord, gettext_lazy("an activity"), activity_texts, is_read=True)
registry.texts(NextStep, gettext_lazy("a next step"), {"what": PLAIN}, is_read=True)
registry.texts(GoalChange, gettext_lazy("the course of a goal"), {"reason": PLAIN}, is_read=True)
registry.texts(FollowUp, gettext_lazy("a follow-up"), {"comment": PLAIN}, is_read=True)
registry.leads(ActivityRecord, _of_activity)
registry.after(Attachment, _take_the_file)
registry.leads(Ticket, _of_ticket)
registry.leads(Ticket, _made_of)
registry.leads(Question, _of_question)
registry.after(Ticket, _new_for_other_tabs)
registry.root(
    Ticket,
    Root(
        lock=_locked(Ticket),
        name=lambda row: _("Request %(n)s") % {"n": row.number or ""},
        url=lambda row: row.get_absolute_url(),
        center_id=lambda row: row.center_id,
        people=_people,
        is_held=lambda row: row.is_on_hold,
    ),
)
registry.root(
    Question,
    Root(
        lock=_locked(Question),
        name=lambda row: _("Question %(n)s") % {"n": row.pk},
        url=lambda row: row.get_absolute_url(),
        center_id=lambda row: row.center_id,
        people=lambda row: [row.asker_id, *([row.answered_by_id] if row.answered_by_id else [])],
        is_held=lambda row: row.ticket is not None and row.ticket.is_on_hold,
    ),
)
