"""Requests change through the table, under a lock, and leave events and mails behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from assistance import closing, conversation, drafts, facts, hours, policies, tickets
from assistance.calendar import add_days
from assistance.lifecycle import Action, Guard, NotAllowed, State
from assistance.models import Message, Ticket, TimeEntry
from assistance.tickets import Stale, Unmet
from portal.core.models import Event
from portal.people import roles
from portal.people.models import CoordinatorAssignment, User
from tests.assistance.making import answered, assigned, closed, draft, say, sent
from tests.posting import deliver
from tests.world import ACCOUNTS, World


def test_the_whole_way_from_draft_to_closed(world: World) -> None:
    ticket = draft(world.coordinator)
    assert (ticket.number, ticket.state) == (None, State.DRAFT)
    ticket = tickets.submit(ticket, by=world.coordinator)
    assert ticket.number is not None
    assert ticket.number.startswith("TA-")
    tickets.assign(ticket, by=world.manager, to=world.specialist)
    say(ticket, world.specialist, "I am on it.")
    ticket.refresh_from_db()
    assert ticket.state == State.IN_PROGRESS
    assert ticket.first_response_at is not None
    say(ticket, world.specialist, "How many partners attend?", then=Action.ASK_BACK)
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING
    say(ticket, world.coordinator, "About twelve.")
    ticket.refresh_from_db()
    assert ticket.state == State.IN_PROGRESS
    say(ticket, world.specialist, "Then this order helps.", then=Action.ANSWER, minutes=25)
    ticket.refresh_from_db()
    assert ticket.state == State.ANSWERED
    assert ticket.follow_up_on == timezone.localdate() + timedelta(days=60)
    ticket = tickets.apply(ticket, Action.CONFIRM, by=world.coordinator)
    assert ticket.state == State.CLOSED
    kinds = Event.objects.filter(subject_type="assistance.ticket", subject_id=str(ticket.pk))
    assert list(kinds.filter(data__has_key="target").values_list("data__target", flat=True)) == [
        "submitted",
        "in_progress",
        "waiting",
        "in_progress",
        "answered",
        "closed",
    ]


def test_an_incomplete_draft_is_kept_and_not_sent(world: World) -> None:
    ticket = draft(world.coordinator, wanted_by=None)
    with pytest.raises(Unmet) as refused:
        tickets.submit(ticket, by=world.coordinator)
    assert refused.value.guards == (Guard.COMPLETE,)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.number) == (State.DRAFT, None)


def test_sending_twice_takes_one_number(world: World) -> None:
    ticket = draft(world.coordinator)
    first = tickets.submit(ticket, by=world.coordinator)
    again = tickets.submit(ticket, by=world.coordinator)
    assert first.number == again.number
    assert Event.objects.filter(kind="request.submit").count() == 1


def test_a_failed_sending_gives_its_number_back(world: World) -> None:
    first = sent(world)
    with pytest.raises(RuntimeError), transaction.atomic():
        sent(world)
        raise RuntimeError
    third = sent(world)
    assert first.number
    assert third.number
    assert int(third.number[-4:]) == int(first.number[-4:]) + 1


def test_only_the_centers_coordinator_asks_for_it(world: World) -> None:
    with pytest.raises(NotAllowed):
        draft(world.other_coordinator, "essex")
    with pytest.raises(NotAllowed):
        draft(world.member, "essex")


def test_the_answer_needs_a_reply_and_time(world: World) -> None:
    ticket = assigned(world)
    with pytest.raises(Unmet) as refused:
        tickets.apply(ticket, Action.ANSWER, by=world.specialist)
    assert refused.value.guards == (Guard.ANSWER_GIVEN, Guard.TIME_LOGGED)
    with pytest.raises(Unmet):
        say(ticket, world.specialist, "Here it is.", then=Action.ANSWER)
    assert not Message.objects.exists(), "a reply that cannot answer is not half sent"


def test_a_stale_version_changes_nothing(world: World) -> None:
    ticket = assigned(world)
    seen = ticket.version
    say(ticket, world.coordinator, "One more thing.")
    with pytest.raises(Stale):
        tickets.apply(ticket, Action.START, by=world.specialist, version=seen)
    ticket.refresh_from_db()
    assert ticket.state == State.SUBMITTED


def test_a_note_moves_no_version_and_tells_nobody(world: World) -> None:
    ticket = assigned(world)
    deliver()
    mail.outbox.clear()
    conversation.note(ticket, by=world.specialist, text="Check the rule first.", key=uuid4())
    before = ticket.version
    ticket.refresh_from_db()
    deliver()
    assert ticket.version == before
    assert mail.outbox == []


def test_the_same_key_says_a_thing_once(world: World) -> None:
    ticket, key = assigned(world), uuid4()
    for _ in range(2):
        conversation.reply(ticket, by=world.coordinator, text="Thanks", key=key, version=2)
    assert Message.objects.count() == 1


def test_a_note_is_seen_by_staff_alone(world: World) -> None:
    ticket = assigned(world)
    conversation.note(ticket, by=world.manager, text="Inside only", key=uuid4())
    seers = {n for n in ACCOUNTS if Message.objects.visible_to(world.people[n]).exists()}
    assert seers == {"specialist", "manager", "deputy"}


def test_the_coordinator_can_neither_note_nor_assign_nor_log(world: World) -> None:
    ticket = assigned(world)
    with pytest.raises(NotAllowed):
        conversation.note(ticket, by=world.coordinator, text="Mine", key=uuid4())
    with pytest.raises(NotAllowed):
        tickets.assign(ticket, by=world.coordinator, to=world.manager)
    with pytest.raises(NotAllowed):
        hours.log(ticket, by=world.coordinator, staff_minutes=10)


def test_a_member_is_never_assigned(world: World) -> None:
    with pytest.raises(NotAllowed):
        tickets.assign(sent(world), by=world.manager, to=world.member)


def test_reopening_takes_a_reason_and_thirty_days(world: World) -> None:
    ticket = closed(world)
    with pytest.raises(Unmet):
        tickets.apply(ticket, Action.REOPEN, by=world.coordinator)
    later = timezone.now() + timedelta(days=31)
    why = "A part is missing"
    with pytest.raises(Unmet):
        tickets.apply(ticket, Action.REOPEN, by=world.coordinator, reason=why, at=later)
    ticket = tickets.apply(ticket, Action.REOPEN, by=world.manager, reason=why, at=later)
    assert ticket.state == State.IN_PROGRESS
    assert ticket.messages.last().text == why  # type: ignore[union-attr]
    with pytest.raises(Unmet):  # what was said before did not help
        tickets.apply(ticket, Action.ANSWER, by=world.specialist, at=later)


def test_a_duplicate_points_at_what_the_requester_can_see(world: World) -> None:
    ticket, target = sent(world), sent(world)
    elsewhere = drafts.send(_capeislands(), by=world.other_coordinator, key=uuid4())
    with pytest.raises(Unmet):
        tickets.apply(
            ticket, Action.MARK_DUPLICATE, by=world.manager, reason="Twice", target=elsewhere
        )
    ticket = tickets.apply(
        ticket, Action.MARK_DUPLICATE, by=world.manager, reason="Twice", target=target
    )
    assert ticket.duplicate_of == target


def _capeislands() -> drafts.Asked:
    from tests.assistance.making import asked

    return asked("capeislands")


def test_waiting_pauses_the_clock(world: World) -> None:
    monday = timezone.now().replace(year=2026, month=11, day=23, hour=15, minute=0)
    ticket = assigned(world, at=monday)
    say(ticket, world.specialist, "Which week?", then=Action.ASK_BACK, at=monday)
    say(ticket, world.coordinator, "The second.", at=monday + timedelta(hours=2))
    ticket.refresh_from_db()
    assert ticket.paused_minutes == 120


def test_silence_closes_after_ten_business_days_with_notice(world: World) -> None:
    ticket = answered(world)
    start = ticket.moved_at
    assert closing.close_silent(add_days(start, 6)) == 0
    assert closing.close_silent(add_days(start, 7)) == 0
    ticket.refresh_from_db()
    assert ticket.notice_at is not None
    assert closing.close_silent(add_days(start, 9)) == 0
    assert closing.close_silent(add_days(start, 10)) == 1
    ticket.refresh_from_db()
    assert ticket.state == State.CLOSED
    assert closing.close_silent(add_days(start, 20)) == 0


def test_a_word_of_the_requester_stops_the_silence(world: World) -> None:
    ticket = answered(world)
    start = ticket.moved_at
    closing.close_silent(add_days(start, 8))
    say(ticket, world.coordinator, "Give us a week.", at=add_days(start, 9))
    assert closing.close_silent(add_days(start, 12)) == 0


def test_the_job_that_runs_late_still_gives_three_days_of_notice(world: World) -> None:
    ticket = answered(world)
    late = add_days(ticket.moved_at, 30)
    assert closing.close_silent(late) == 0
    assert closing.close_silent(add_days(late, 2)) == 0
    assert closing.close_silent(add_days(late, 3)) == 1


def test_after_180_days_the_text_goes_and_the_record_stays(world: World) -> None:
    ticket, held = closed(world), closed(world)
    Ticket.objects.filter(pk=held.pk).update(is_on_hold=True)
    later = timezone.now() + timedelta(days=181)
    assert closing.archive(closing.rested(later), later) == 1
    ticket.refresh_from_db()
    held.refresh_from_db()
    assert (ticket.state, ticket.subject, ticket.question) == (State.ARCHIVED, "", "")
    assert set(ticket.messages.values_list("text", flat=True)) == {""}
    assert ticket.time_entries.count() == 1
    assert held.state == State.CLOSED


def test_old_drafts_are_swept_and_fresh_ones_stay(world: World) -> None:
    old, fresh = draft(world.coordinator), draft(world.coordinator)
    Ticket.objects.filter(pk=old.pk).update(edited_at=timezone.now() - timedelta(days=31))
    assert drafts.sweep() == 1
    assert list(Ticket.objects.all()) == [fresh]


def test_time_entries_are_facts(world: World) -> None:
    entry = hours.log(assigned(world), by=world.specialist, staff_minutes=10)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        TimeEntry.objects.filter(pk=entry.pk).update(staff_minutes=99)


def test_the_database_refuses_a_submitted_request_without_a_number(world: World) -> None:
    ticket = sent(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(number=None)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_policy_and_the_queryset_agree(world: World, account: str) -> None:
    made = [
        draft(world.coordinator),
        draft(world.other_coordinator, "capeislands"),
        sent(world),
        assigned(world),
        closed(world),
        drafts.send(_capeislands(), by=world.other_coordinator, key=uuid4()),
    ]
    user = world.people[account]
    visible = set(Ticket.objects.visible_to(user).values_list("pk", flat=True))
    assert visible == {t.pk for t in made if policies.can_see(user, t)}
    for ticket in (t for t in made if t.state != State.DRAFT):
        seeing = User.objects.filter(policies.who_can_see(ticket))
        assert (user in seeing) == policies.can_see(user, ticket)


def test_a_former_coordinator_keeps_the_own_finished_requests_alone(world: World) -> None:
    done, running = closed(world), sent(world)
    yesterday = timezone.localdate() - timedelta(days=1)
    CoordinatorAssignment.objects.filter(user=world.coordinator).update(
        starts_on=yesterday - timedelta(days=9), ends_on=yesterday
    )
    roles.forget(world.coordinator)
    seen = Ticket.objects.visible_to(world.coordinator)
    assert list(seen) == [done]
    assert not policies.can_see(world.coordinator, running)
    assert policies.parts(world.coordinator, done) == frozenset()


def test_the_backup_coordinator_covers_for_the_requester(world: World) -> None:
    center = CoordinatorAssignment.objects.get(user=world.coordinator).center
    CoordinatorAssignment.objects.create(user=world.trainer, center=center, kind="backup")
    ticket = tickets.apply(answered(world), Action.CONFIRM, by=world.trainer)
    assert ticket.state == State.CLOSED
    assert facts.of(ticket, at=timezone.now()).state == State.CLOSED


def test_a_request_is_late_only_while_it_is_our_turn(world: World) -> None:
    ticket = sent(world, at=timezone.now() - timedelta(days=30))
    assert ticket.is_late
    ticket = answered(world, at=timezone.now() - timedelta(days=30))
    ticket.wanted_by = timezone.localdate() - timedelta(days=1)
    assert not ticket.is_late
    ticket.state = State.IN_PROGRESS
    assert ticket.is_late
