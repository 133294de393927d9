"""Records of what was done: kept, approved, locked, corrected, and seen by whom it concerns."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from assistance import activities, activity_keeping, closing, hours, policies, tickets
from assistance.activities import Step
from assistance.lifecycle import NotAllowed
from assistance.models import ActivityRecord, GoalChange, NextStep, Ticket, TimeEntry
from assistance.tickets import Stale
from portal.core import insert_only
from portal.people.models import Center
from tests.assistance.making import assigned, closed
from tests.assistance.recording import content, recorded
from tests.assistance.test_pages import everything_stored
from tests.world import ACCOUNTS, World

pytestmark = pytest.mark.django_db


def test_a_record_of_a_request_keeps_what_was_done(world: World) -> None:
    ticket = assigned(world)
    row = recorded(world.specialist, ticket)
    assert (row.ticket, row.center) == (ticket, ticket.center)
    assert row.contact_minutes == 90 * 12
    assert [tag.name for tag in row.topics.all()] == ["facilitation"]
    assert row.participants.count() == 2
    assert [step.side for step in row.steps.all()] == ["staff", "center"]


def test_a_visit_without_a_request_needs_a_center(world: World) -> None:
    assert recorded(world.specialist).center.slug == "essex"
    with pytest.raises(NotAllowed):
        activities.record(content(), by=world.specialist, key=uuid4())


@pytest.mark.parametrize("who", ["coordinator", "member", "author", "other_coordinator"])
def test_only_staff_record(world: World, who: str) -> None:
    ticket = assigned(world)
    with pytest.raises(NotAllowed):
        recorded(world.people[who], ticket)
    with pytest.raises(NotAllowed):
        recorded(world.people[who])


def test_a_specialist_records_on_no_request_of_somebody_else(world: World) -> None:
    with pytest.raises(NotAllowed):
        recorded(world.specialist, assigned(world, to=world.manager))


def test_the_same_key_makes_one_record_and_one_time_entry(world: World) -> None:
    ticket, key = assigned(world), uuid4()
    for _ in range(2):
        activities.record(content(), by=world.specialist, key=key, ticket=ticket, staff_minutes=150)
    assert ActivityRecord.objects.count() == 1
    entry = TimeEntry.objects.get()
    assert (entry.staff_minutes, entry.activity_minutes, entry.attendees) == (150, 90, 12)
    assert (entry.mode, entry.funding, entry.ticket) == ("call", "voca", ticket)
    with pytest.raises(NotAllowed):
        activities.record(content(), by=world.manager, key=key, ticket=ticket)


def test_time_of_a_visit_without_a_request_belongs_to_its_record(world: World) -> None:
    row = activities.record(
        content(method="in_person"),
        by=world.specialist,
        key=uuid4(),
        center=Center.objects.get(slug="essex"),
        staff_minutes=240,
    )
    entry = row.time_entries.get()
    assert (entry.ticket, entry.mode, entry.worked_on) == (None, "visit", row.happened_on)


def test_approval_wipes_the_working_notes_everywhere(world: World) -> None:
    row = recorded(world.specialist, assigned(world))
    assert "Zebrafinch" in everything_stored()
    activities.approve(row, by=world.manager)
    assert "Zebrafinch" not in everything_stored()


def test_only_the_manager_approves_and_twice_is_once(world: World) -> None:
    row = recorded(world.specialist)
    with pytest.raises(NotAllowed):
        activities.approve(row, by=world.specialist)
    first = activities.approve(row, by=world.manager)
    again = activities.approve(row, by=world.deputy)
    assert (again.approved_by, again.approved_at) == (world.manager, first.approved_at)


def test_a_record_that_moved_is_not_approved_unread(world: World) -> None:
    row = recorded(world.specialist)
    activities.change(row, content(minutes=30), by=world.specialist, version=row.version)
    with pytest.raises(Stale):
        activities.approve(row, by=world.manager, version=row.version)


CHANGES: dict[str, Any] = {
    "minutes": lambda row: ActivityRecord.objects.filter(pk=row.pk).update(minutes=1),
    "notes": lambda row: ActivityRecord.objects.filter(pk=row.pk).update(goal="Other"),
    "unlocking": lambda row: ActivityRecord.objects.filter(pk=row.pk).update(
        approved_at=None, approved_by=None
    ),
    "deleting": lambda row: ActivityRecord.objects.filter(pk=row.pk)._raw_delete("default"),
    "step text": lambda row: row.steps.update(what="Something else"),
    "step gone": lambda row: row.steps.all().delete(),
    "step more": lambda row: row.steps.create(
        what="More", side="staff", due_on=timezone.localdate()
    ),
    "profession gone": lambda row: row.participants.clear(),
    "profession more": lambda row: row.participants.add(
        *type(row.participants.first())._default_manager.all()
    ),
    "topic gone": lambda row: row.topics.clear(),
    "topic more": lambda row: row.topics.create(name="more", slug="more"),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_the_database_refuses_to_change_an_approved_record(world: World, change: str) -> None:
    row = activities.approve(recorded(world.specialist, assigned(world)), by=world.manager)
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        CHANGES[change](row)
    kept = ActivityRecord.objects.get(pk=row.pk)
    assert (kept.minutes, kept.steps.count(), kept.participants.count()) == (90, 2, 2)


@pytest.mark.parametrize("change", [c for c in CHANGES if c not in ("deleting", "unlocking")])
def test_the_same_changes_pass_before_the_approval(world: World, change: str) -> None:
    """So that the refusals above come from the approval and nothing else."""
    row = recorded(world.specialist, assigned(world))
    before = said_by(row)
    CHANGES[change](row)
    assert said_by(ActivityRecord.objects.get(pk=row.pk)) != before


def said_by(row: ActivityRecord) -> list[object]:
    """What a record says, in its own row and in those that belong to it."""
    own = [row.minutes, row.goal, sorted(row.steps.values_list("what", flat=True))]
    belonging = (row.participants, row.topics)
    return [*own, *(sorted(rows.values_list("pk", flat=True)) for rows in belonging)]


def test_the_locks_come_back_after_they_were_lifted(world: World) -> None:
    row = activities.approve(recorded(world.specialist), by=world.manager)
    with insert_only.lifted(labels=["assistance.ActivityRecord"]):
        ActivityRecord.objects.filter(pk=row.pk).update(goal="")
        assert "assistance_activityrecord" in insert_only.missing()
        with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
            row.steps.update(what="Not lifted")
    assert insert_only.missing() == []
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        ActivityRecord.objects.filter(pk=row.pk).update(goal="Again")


def test_an_approved_record_is_changed_by_nobody(world: World) -> None:
    row = activities.approve(recorded(world.specialist), by=world.manager)
    with pytest.raises(NotAllowed):
        activities.change(row, content(), by=world.manager)


def test_a_correction_counts_in_the_place_of_what_it_corrects(world: World) -> None:
    ticket = assigned(world)
    row = activities.approve(recorded(world.specialist, ticket), by=world.manager)
    new = activities.record(content(minutes=60), by=world.specialist, key=uuid4(), corrects=row)
    assert (new.ticket, new.center, new.corrects) == (ticket, row.center, row)
    assert list(ActivityRecord.objects.counting()) == [row]
    activities.approve(new, by=world.manager)
    assert list(ActivityRecord.objects.counting()) == [new]
    assert set(NextStep.objects.open().values_list("record", flat=True)) == {new.pk}
    with pytest.raises(NotAllowed):
        activities.record(content(), by=world.specialist, key=uuid4(), corrects=row)


def test_what_is_not_approved_is_changed_and_not_corrected(world: World) -> None:
    row = recorded(world.specialist)
    with pytest.raises(NotAllowed):
        activities.record(content(), by=world.specialist, key=uuid4(), corrects=row)


def test_changing_keeps_what_was_done_of_a_step(world: World) -> None:
    row = recorded(world.specialist)
    first = row.steps.first()
    assert first is not None
    activities.finish(first, by=world.specialist)
    only = [Step("Send the agenda by mail", "staff", timezone.localdate())]
    activities.change(row, content(steps=only), by=world.specialist)
    step = row.steps.get()
    assert (step.what, step.done_by) == ("Send the agenda by mail", world.specialist)


def test_the_goal_moves_with_the_role_of_the_moment_even_after_the_approval(
    world: World,
) -> None:
    row = activities.approve(recorded(world.specialist), by=world.manager)
    key = uuid4()
    for _ in range(2):
        activities.move_goal(row, by=world.specialist, status="in_progress", key=key)
    activities.move_goal(row, by=world.deputy, status="met", reason="Seen twice", key=uuid4())
    roles = list(row.goal_changes.values_list("status", "role"))
    assert roles == [("in_progress", "specialist"), ("met", "deputy")]
    now: Any = ActivityRecord.objects.with_goal_status().get(pk=row.pk)
    assert now.goal_now == "met"
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        GoalChange.objects.update(status="dropped", reason="No")


def test_the_database_refuses_to_drop_a_goal_without_a_reason(world: World) -> None:
    row = recorded(world.specialist)
    with pytest.raises(IntegrityError), transaction.atomic():
        activities.move_goal(row, by=world.specialist, status="dropped", key=uuid4())


def test_a_coordinator_finishes_the_centers_steps_of_an_approved_record(world: World) -> None:
    row = recorded(world.specialist)
    staff, center = row.steps.order_by("due_on")
    with pytest.raises(NotAllowed):
        activities.finish(center, by=world.coordinator)
    activities.approve(row, by=world.manager)
    with pytest.raises(NotAllowed):
        activities.finish(staff, by=world.coordinator)
    with pytest.raises(NotAllowed):
        activities.finish(center, by=world.other_coordinator)
    assert activities.finish(center, by=world.coordinator).done_on == timezone.localdate()


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_rule_for_one_and_for_many_agree(world: World, account: str) -> None:
    ticket = assigned(world)
    open_ = recorded(world.specialist, ticket)
    of_manager = recorded(world.manager, assigned(world, to=world.manager))
    approved = activities.approve(recorded(world.manager), by=world.manager)
    user = world.people[account]
    seen = set(ActivityRecord.objects.visible_to(user))
    assert seen == {r for r in (open_, of_manager, approved) if policies.can_see_record(user, r)}
    expected = {
        "manager": {open_, of_manager, approved},
        "deputy": {open_, of_manager, approved},
        "specialist": {open_},
        "coordinator": {approved},
    }
    assert seen == expected.get(account, set())
    assert set(NextStep.objects.visible_to(user)) == {
        step for record in seen for step in record.steps.all()
    }


def test_the_three_kinds_of_hours_are_summed_apart_and_by_funding(world: World) -> None:
    """By hand: a training of 90 minutes for 12 took 150 minutes of effort (VOCA, from the record);
    40 minutes of writing are the request's own, which is set to CJA later.
    """
    ticket = assigned(world)
    hours.log(ticket, by=world.specialist, staff_minutes=40)
    activities.record(content(), by=world.specialist, key=uuid4(), ticket=ticket, staff_minutes=150)
    Ticket.objects.filter(pk=ticket.pk).update(funding="cja")
    ticket.refresh_from_db()
    sums = hours.of(ticket.time_entries.all())
    assert sums == {"staff": 190, "activity": 90, "contact": 1080}
    paid = {row.label: (row.staff, row.activity, row.contact) for row in hours.by_funding(ticket)}
    assert paid == {"CJA": (40, 0, 0), "VOCA": (150, 90, 1080)}


def test_what_is_taken_back_is_taken_back_of_every_kind(world: World) -> None:
    ticket = assigned(world)
    said = {"staff_minutes": 60, "activity_minutes": 30, "attendees": 4}
    hours.log(ticket, by=world.specialist, **said)
    taken = {"staff_minutes": -60, "activity_minutes": -30, "attendees": 4}
    hours.log(ticket, by=world.specialist, **taken)
    assert hours.of(ticket.time_entries.all()) == {"staff": 0, "activity": 0, "contact": 0}


def test_requests_of_three_hours_and_more_are_counted_apart() -> None:
    assert hours.split([]) == hours.Split(0, 0)
    assert hours.split([0, 15, 179, 180, 181, 600]) == hours.Split(under=3, over=3)


def test_an_entry_without_request_and_record_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeEntry.objects.create(person=world.specialist, staff_minutes=10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": 1441},
        {"attendees": 0},
        {"type": "party"},
        {"method": "pigeon"},
    ],
)
def test_the_database_refuses_what_no_record_can_say(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        recorded(world.specialist, **wrong)


def test_archiving_wipes_open_notes_and_keeps_the_record(world: World) -> None:
    ticket = closed(world)
    row = recorded(world.specialist, ticket)
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=181))
    closing.archive(closing.rested())
    row.refresh_from_db()
    assert (row.working_notes, row.minutes) == ("", 90)


def test_notes_nobody_approved_go_after_180_days_unless_the_request_is_on_hold(
    world: World,
) -> None:
    long_ago = timezone.localdate() - timedelta(days=181)
    held = assigned(world)
    Ticket.objects.filter(pk=held.pk).update(is_on_hold=True)
    old, fresh = recorded(world.specialist, happened_on=long_ago), recorded(world.specialist)
    kept = recorded(world.specialist, held, happened_on=long_ago)
    assert list(activity_keeping._old_notes()) == [old]
    activity_keeping._wipe_notes(activity_keeping._old_notes())
    for row, has_notes in ((old, False), (fresh, True), (kept, True)):
        row.refresh_from_db()
        assert bool(row.working_notes) is has_notes


def test_after_seven_years_the_words_go_and_the_numbers_stay(world: World) -> None:
    eight = timezone.localdate() - timedelta(days=8 * 365)
    row = recorded(world.specialist, happened_on=eight, working_notes="")
    activities.move_goal(row, by=world.manager, status="met", reason="Seen", key=uuid4())
    activities.approve(row, by=world.manager)
    activity_keeping._wipe_texts(activity_keeping._old_records())
    row.refresh_from_db()
    assert (row.goal, row.minutes, row.steps.count()) == ("", 90, 0)
    assert list(activity_keeping._old_records()) == []
    assert insert_only.missing() == []


def test_a_new_assignee_sees_and_works_on_the_records_of_the_request(world: World) -> None:
    ticket = assigned(world, to=world.manager)
    row = recorded(world.manager, ticket)
    assert not policies.works_on_record(world.specialist, row)
    tickets.assign(ticket, by=world.manager, to=world.specialist)
    row = ActivityRecord.objects.get(pk=row.pk)
    assert policies.works_on_record(world.specialist, row)
