"""What happens to one request within minutes is one mail; nobody is flooded; nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from assistance import tickets
from assistance.lifecycle import Action
from portal.core import outbox
from portal.core.models import Effect, MailLog
from portal.people import grants
from portal.people.mailing import bounces, carrying
from portal.people.models import User
from tests.assistance.making import assigned, say, sent
from tests.people.mailing import making
from tests.people.mailing.test_bounces import report
from tests.posting import deliver, delivered, said
from tests.world import World

pytestmark = pytest.mark.django_db


def an_hour_passes() -> None:
    """Let what was sent lie an hour back, and what waits for the full hour be due.

    The hour that names a summary is past as well, so that the next one has another name.
    """
    for effect in Effect.objects.filter(kind=carrying.KIND, payload__goes="hour"):
        effect.bucket = f"past-{effect.pk}"
        effect.save()
    MailLog.objects.exclude(sent_at=None).update(sent_at=timezone.now() - timedelta(hours=1))
    waits = Effect.objects.filter(kind=carrying.KIND, done_at=None, payload__goes="hour")
    waits.update(due_at=timezone.now())


def ours(messages: list[Any], user: User) -> list[Any]:
    return [m for m in messages if m.to == [user.email]]


def test_events_on_one_request_within_minutes_are_one_mail_to_each(world: World) -> None:
    ticket = assigned(world)
    delivered()
    for text in ("First.", "Second.", "Third."):
        say(ticket, world.specialist, text)
    say(ticket, world.specialist, "So:", then=Action.ANSWER, minutes=5)
    [message] = ours(delivered(), world.coordinator)
    assert message.subject == f"Request {ticket.number}"
    assert f"There is a new reply on request {ticket.number}. (3 times)" in message.body
    assert f"Request {ticket.number} has an answer." in message.body
    rows = MailLog.objects.filter(user_id=world.coordinator.pk, outcome="sent", goes="soon")
    assert rows.filter(message_id=message.extra_headers["Message-ID"]).count() == 4


def test_nothing_goes_before_the_minutes_are_over(world: World, settings: Any) -> None:
    ticket = assigned(world)
    delivered()
    say(ticket, world.specialist, "A word.")
    for _ in range(3):
        outbox.deliver_all()
    assert django_mail.outbox == []
    effect = Effect.objects.get(kind=carrying.KIND, done_at=None)
    wait = effect.due_at - timezone.now()
    assert timedelta(minutes=4) < wait <= timedelta(minutes=settings.MAIL_GATHER_MINUTES)


def test_two_requests_are_two_mails_and_a_later_event_another(world: World) -> None:
    first, second = assigned(world), assigned(world)
    delivered()
    say(first, world.specialist)
    say(second, world.specialist)
    assert len(ours(delivered(), world.coordinator)) == 2
    say(first, world.specialist)
    [later] = ours(delivered(), world.coordinator)
    assert said(later) == f"There is a new reply on request {first.number}."


def test_whoever_acted_is_left_out_of_what_they_did_and_hears_the_rest(world: World) -> None:
    ticket = assigned(world)
    delivered()
    say(ticket, world.specialist, "Which team?")
    say(ticket, world.coordinator, "Ours.")
    told = {m.to[0]: said(m) for m in delivered()}
    assert told == {
        world.coordinator.email: f"There is a new reply on request {ticket.number}.",
        world.specialist.email: f"The requester wrote on request {ticket.number}.",
    }


def test_who_may_not_see_it_any_more_when_it_goes_hears_nothing(world: World) -> None:
    ticket = assigned(world)
    delivered()
    say(ticket, world.coordinator, "Any news?")
    outbox.deliver_all()
    outbox.deliver_all()
    grants.end(world.specialist, "specialist", by=world.manager)
    assert ours(delivered(), world.specialist) == []
    assert making.outcomes()[-1] == "no_right"


def test_who_left_or_chose_otherwise_meanwhile_hears_nothing(world: World) -> None:
    ticket = assigned(world)
    delivered()
    say(ticket, world.coordinator)
    say(ticket, world.specialist)
    outbox.deliver_all()
    outbox.deliver_all()
    making.choose(world.specialist, requests="none")
    User.objects.filter(pk=world.coordinator.pk).update(is_active=False)
    assert delivered() == []
    assert sorted(making.outcomes()[-2:]) == ["left", "off"]


def test_what_is_wanted_today_goes_to_every_manager_at_once_whatever_they_chose(
    world: World,
) -> None:
    making.choose(world.manager, queue="none", requests="none")
    making.choose(world.deputy, queue="day", requests="day")
    sent(world)
    assert delivered() == []
    sent(world, urgency="today")
    for _ in range(2):
        outbox.deliver_all()
    told = {m.to[0] for m in django_mail.outbox}
    assert told == {world.manager.email, world.deputy.email}


@pytest.mark.parametrize("per_hour", [1, 2, 12])
def test_so_many_in_an_hour_and_the_rest_in_one_mail_at_the_full_hour(
    world: World, settings: Any, per_hour: int
) -> None:
    settings.MAIL_PER_HOUR = per_hour
    for index in range(per_hour + 6):
        making.ask(world.member, "session_registered", str(index))
    assert len(delivered()) == per_hour - 1
    an_hour_passes()
    [summary] = delivered()
    assert summary.subject == "Team Portal: more changes"
    assert said(summary) == "7 more changes, on 1 request or page:"
    assert delivered() == []
    assert set(making.outcomes()) == {"sent"}


def test_security_mail_and_what_is_urgent_is_not_capped_and_takes_no_place(
    world: World, settings: Any
) -> None:
    settings.MAIL_PER_HOUR = 3
    for index in range(5):
        making.ask(world.member, "new_device", f"d{index}")
    assert len(delivered()) == 5
    making.ask(world.member, "session_registered")
    assert len(delivered()) == 1


def test_each_person_has_a_cap_of_their_own(world: World, settings: Any) -> None:
    settings.MAIL_PER_HOUR = 3
    for person in (world.member, world.other_member):
        for index in range(5):
            making.ask(person, "session_registered", f"{index}")
    messages = delivered()
    assert len(ours(messages, world.member)) == len(ours(messages, world.other_member)) == 2


def test_a_thousand_events_and_bounces_make_a_bounded_number_of_mails_and_lose_none(
    world: World, settings: Any
) -> None:
    made = [sent(world) for _ in range(40)]
    delivered()
    MailLog.objects.all().delete()
    an_hour_passes()
    for index in range(1000):
        about = making.about(made[index % 40])
        making.ask(world.coordinator, "request_replied", f"storm-{index}", **about)
    messages = delivered()
    assert len(messages) == settings.MAIL_PER_HOUR - 1
    asked = MailLog.objects.filter(template="request_replied")
    assert asked.count() == 1000
    for message in messages:
        for _time in range(100):
            bounces.take(report(message.extra_headers["Message-ID"], "nobody@example.org"))
            bounces.take(b"From: x\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nAway")
    assert delivered() == [], "nothing that comes in makes mail go out"
    an_hour_passes()
    [summary] = delivered()
    assert said(summary).startswith("725 more changes, on 29 requests")
    an_hour_passes()
    assert delivered() == []
    assert asked.filter(outcome="sent", context={}).count() == 1000
    assert not Effect.objects.filter(done_at=None).exists()


def test_a_server_that_stood_still_does_not_let_them_all_go_at_once(
    world: World, settings: Any
) -> None:
    settings.MAIL_PER_HOUR = 4
    good = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.people.mailing.fake_smtp.Down"
    for hour in range(3):
        for index in range(6):
            making.ask(world.member, "session_registered", f"{hour}-{index}")
        deliver()
        an_hour_passes()
    settings.EMAIL_BACKEND = good
    came = 0
    for _hour in range(6):
        Effect.objects.filter(kind="mail", done_at=None).update(due_at=timezone.now())
        an_hour_passes()
        waits = Effect.objects.filter(kind=carrying.KIND, done_at=None).exclude(attempts=0)
        waits.update(due_at=timezone.now())
        mails = delivered()
        assert len(mails) <= 4
        came += len(mails)
    assert set(making.outcomes()) == {"sent"}
    assert MailLog.objects.count() == 18
    assert came <= 6


def test_a_mail_repeated_after_a_crash_is_the_same_mail(world: World) -> None:
    ticket = assigned(world)
    delivered()
    say(ticket, world.specialist)
    say(ticket, world.specialist)
    [first] = ours(delivered(), world.coordinator)
    rows = MailLog.objects.filter(message_id=first.extra_headers["Message-ID"])
    context = {"number": ticket.number, "url": f"http://localhost:8000/requests/{ticket.number}/"}
    # As if the worker died between the server's yes and ours.
    rows.update(outcome="trying", sent_at=None, context=context)
    Effect.objects.filter(kind=carrying.KIND).update(done_at=None)
    [again] = ours(delivered(), world.coordinator)
    assert again.extra_headers["Message-ID"] == first.extra_headers["Message-ID"]
    assert again.body == first.body


def test_what_waits_without_a_plan_is_planned_anew(world: World, settings: Any) -> None:
    """As after a clock that was set back, or a row of the outbox that was removed by hand."""
    settings.MAIL_PER_HOUR = 1
    ticket = sent(world)
    making.ask(world.coordinator, "request_replied", "a", **making.about(ticket))
    making.ask(world.member, "session_registered", "b")
    outbox.deliver_all()
    Effect.objects.filter(kind=carrying.KIND).delete()
    carrying.catch_up()
    assert not Effect.objects.filter(kind=carrying.KIND).exists(), "not before two hours"
    MailLog.objects.update(at=timezone.now() - timedelta(hours=3))
    for _time in range(2):
        carrying.catch_up()
    an_hour_passes()
    assert len(ours(delivered(), world.coordinator)) == 1
    rows = MailLog.objects.filter(user_id__in=[world.coordinator.pk, world.member.pk])
    assert set(rows.values_list("outcome", flat=True)) == {"sent"}


def test_a_request_withdrawn_at_once_is_told_of_all_the_same(world: World) -> None:
    ticket = sent(world)
    tickets.apply(ticket, Action.WITHDRAW, by=world.coordinator, reason="Settled")
    [message] = ours(delivered(), world.manager)
    assert "was sent in" in message.body
    assert "has ended" in message.body


def waiting_and_its_effect(world: World) -> Effect:
    """Return the effect that will bring what waits for the coordinator."""
    ticket = assigned(world)
    delivered()
    say(ticket, world.specialist, "A word.")
    for _ in range(3):
        outbox.deliver_all()
    return Effect.objects.get(kind=carrying.KIND, done_at=None)


def test_a_worker_that_comes_too_late_takes_nothing_with_it(world: World) -> None:
    """It slept over its lease; another one has brought what waited, and something new waits."""
    late = waiting_and_its_effect(world)
    Effect.objects.filter(pk=late.pk).update(attempts=late.attempts + 1, done_at=timezone.now())
    with pytest.raises(outbox.Overtaken):
        carrying.carry(late)
    rows = MailLog.objects.filter(user_id=world.coordinator.pk, goes="soon")
    assert set(rows.values_list("outcome", "sent_by")) == {("waiting", None)}


def test_what_was_taken_by_a_worker_that_is_gone_waits_again(world: World) -> None:
    effect = waiting_and_its_effect(world)
    rows = MailLog.objects.filter(user_id=world.coordinator.pk, outcome="waiting")
    assert rows.exists()
    known = list(rows.values_list("pk", flat=True))
    rows.update(outcome="trying", sent_by=effect.pk, at=timezone.now() - timedelta(hours=3))
    carrying.catch_up()
    assert not MailLog.objects.filter(pk__in=known, outcome="waiting").exists()  # still on its way
    Effect.objects.filter(pk=effect.pk).update(done_at=timezone.now())
    carrying.catch_up()
    an_hour_passes()
    [message] = ours(delivered(), world.coordinator)
    brought = MailLog.objects.filter(pk__in=known)
    assert {row.outcome for row in brought} == {"sent"}
    assert {row.message_id for row in brought} == {message.extra_headers["Message-ID"]}
