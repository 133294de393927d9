"""Workers side by side count together: the cap holds, and what is gathered goes once."""

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Effect, MailLog
from portal.people.mailing import carrying
from tests.assistance.making import sent
from tests.people.mailing import making
from tests.training.test_races import side_by_side
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def in_parallel(kind: str, workers: int = 4) -> None:
    """Let several workers have the same open effects, each from another end."""
    ids = list(Effect.objects.filter(kind=kind, done_at=None).values_list("pk", flat=True))
    turns = [ids[n::workers] + ids for n in range(workers)]
    assert side_by_side(*(lambda t=t: [outbox.deliver(pk) for pk in t] for t in turns)) == []


@pytest.fixture(autouse=True)
def asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit wakes nobody: the workers of the test do the work."""
    monkeypatch.setattr(outbox, "wake", lambda lane: None)


def test_four_workers_hold_the_cap_together_and_lose_nothing(settings: object) -> None:
    world = build_world()
    settings.MAIL_PER_HOUR = 6  # type: ignore[attr-defined]
    for index in range(40):
        making.ask(world.member, "session_registered", str(index))
    in_parallel("mail")
    outcomes = making.outcomes()
    assert (outcomes.count("sent"), outcomes.count("waiting")) == (5, 35)
    assert len(django_mail.outbox) == 5
    assert Effect.objects.filter(kind=carrying.KIND).count() == 1


def test_events_of_one_request_had_by_four_workers_are_one_mail() -> None:
    world = build_world()
    ticket = sent(world)
    Effect.objects.all().delete()
    for index in range(12):
        about = making.about(ticket)
        making.ask(world.coordinator, "request_replied", str(index), **about)
    in_parallel("mail")
    Effect.objects.filter(done_at=None).update(due_at=timezone.now())
    in_parallel(carrying.KIND)
    [message] = django_mail.outbox
    assert "(12 times)" in message.body
    assert MailLog.objects.filter(outcome="sent").count() == 12
