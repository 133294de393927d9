"""The sample requests load once, end in the states they name, and mail nobody."""

from datetime import datetime

import pytest
from django.core import mail

from assistance import demo, queues
from assistance.calendar import ZONE
from assistance.models import (
    ActivityRecord,
    FollowUp,
    NextStep,
    Passage,
    Question,
    Ticket,
    TimeEntry,
)
from portal.core import outbox
from portal.core.privacy import blocks, screen
from portal.people.models import Center, User
from tests.factories import UserFactory

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=ZONE)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    return {
        "manager": UserFactory(is_statewide=True, roles=("manager",)),
        "specialist": UserFactory(is_statewide=True, roles=("specialist",)),
        "advocate": UserFactory(center="essex"),
        **{c.slug: UserFactory(coordinates=c.slug) for c in Center.objects.all()},
    }


def test_every_request_ends_in_the_state_it_names(people: dict[str, User]) -> None:
    demo.load_requests(people, NOW)
    assert queues.counts_by_state(people["manager"]) == {
        "answered": 2,
        "closed": 4,
        "declined": 1,
        "in_progress": 3,
        "submitted": 3,
        "waiting": 2,
    }
    years = {ticket.number[:5] for ticket in Ticket.objects.all() if ticket.number}
    assert years == {"TA-26", "TA-27"}
    assert TimeEntry.objects.filter(activity=None).count() == 16
    assert not Ticket.objects.filter(submitted_at__gt=NOW).exists()
    assert Question.objects.open().count() == 1


def test_loading_again_adds_nothing_and_nobody_is_mailed(people: dict[str, User]) -> None:
    for _ in range(2):
        demo.load_requests(people, NOW)
    outbox.deliver_all()
    assert Ticket.objects.count() == 15
    assert Question.objects.count() == 3
    assert ActivityRecord.objects.count() == TimeEntry.objects.exclude(activity=None).count() == 3
    assert Passage.objects.count() == 3
    assert mail.outbox == []


def test_the_samples_pass_the_screen(people: dict[str, User]) -> None:
    demo.load_requests(people, NOW)
    texts = [f"{t.subject} {t.question}" for t in Ticket.objects.all()]
    texts += [m.text for t in Ticket.objects.all() for m in t.messages.all()]
    texts += [f"{q.subject} {q.body} {q.answer}" for q in Question.objects.all()]
    texts += [f"{r.goal} {r.working_notes}" for r in ActivityRecord.objects.all()]
    texts += [step.what for step in NextStep.objects.all()]
    texts += [f"{p.title} {p.text}" for p in Passage.objects.all()]
    texts += [found.comment for found in FollowUp.objects.all()]
    assert [text for text in texts if blocks(screen(text))] == []


def test_the_samples_show_what_was_done_and_what_it_gave(people: dict[str, User]) -> None:
    demo.load_requests(people, NOW)
    assert ActivityRecord.objects.approved().count() == 2
    assert FollowUp.objects.answered().count() == 2
    assert FollowUp.objects.waiting().exists()
    assert NextStep.objects.open().exists()
    assert not FollowUp.objects.filter(asked_at__gt=NOW).exists()
