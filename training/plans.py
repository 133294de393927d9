"""Standing plans: whoever has a discipline and a role is asked for a pathway, once or anew."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import events, nightly
from portal.people.models import CoordinatorAssignment, Role, RoleGrant, User
from portal.people.models.person import UserQuerySet
from training import assignments
from training.models import Assignment, AssignmentPlan
from training.models.assignment import window
from training.requirements import plus_months


@transaction.atomic
def make(plan: AssignmentPlan, *, by: User) -> AssignmentPlan:
    """Begin a plan and ask whom it meets today. The caller has checked `can_plan`."""
    plan.made_by = by
    plan.save()
    events.record("training.plan_made", actor=by, subject=plan, center_id=plan.center_id)
    apply(plan)
    return plan


@transaction.atomic
def end(plan: AssignmentPlan, *, by: User) -> None:
    """Ask nobody any more; what was assigned stays."""
    made = AssignmentPlan.objects.open().filter(pk=plan.pk).update(ended_on=timezone.localdate())
    if made:
        events.record("training.plan_ended", actor=by, subject=plan, center_id=plan.center_id)


@nightly.job
def apply_all() -> None:
    """Ask those whom a plan meets for the first time, and those whose cycle comes round."""
    for plan in AssignmentPlan.objects.open().filter(pathway__live=True):
        apply(plan)


def apply(plan: AssignmentPlan) -> int:
    """Return how many were asked; a second run on the same day asks nobody."""
    today = timezone.localdate()
    asked = sum(_ask(plan, person, today) for person in newcomers(plan))
    if plan.again_months:
        asked += sum(_ask_again(plan, row, today) for row in _latest(plan))
    return asked


def people(plan: AssignmentPlan) -> QuerySet[User]:
    """Return whom a plan meets today: active people who have joined, each once."""
    found = UserQuerySet(User).on_roster().known_once().joined().filter(is_active=True)
    if plan.center_id:
        found = found.of_centers([plan.center_id])
    if plan.discipline_id:
        found = found.filter(discipline_id=plan.discipline_id)
    if plan.role == Role.COORDINATOR:
        holders = CoordinatorAssignment.objects.active().values("user_id")
        found = found.filter(pk__in=holders)
    elif plan.role and plan.role != Role.MEMBER:
        granted = RoleGrant.objects.active().filter(role=plan.role)
        found = found.filter(pk__in=granted.values("user_id"))
    return found


def newcomers(plan: AssignmentPlan) -> QuerySet[User]:
    """Return whom the plan has not asked yet; what somebody else asked of them stands for it."""
    asked = Assignment.objects.filter(pathway=plan.pathway)
    known = asked.filter(plan=plan) | asked.standing()
    return people(plan).exclude(pk__in=known.values("person_id"))


def next_due(plan: AssignmentPlan, row: Assignment) -> date | None:
    """Return the day by which the next cycle is due; None while this one is open."""
    ended = row.ends_cycle_on()
    return plus_months(ended, plan.again_months) if ended and plan.again_months else None


def _ask(plan: AssignmentPlan, person: User, today: date) -> bool:
    due_on = today + timedelta(days=plan.days)
    try:
        assignments.assign(person, plan.pathway, due_on=due_on, by=None, plan=plan)
    except assignments.CannotAssign:
        return False
    return True


def _ask_again(plan: AssignmentPlan, row: Assignment, today: date) -> bool:
    """Ask anew once the window before the day is open; one who is late gets the days in full."""
    due_on = next_due(plan, row)
    if due_on is None or today < window(due_on, plan.window_days):
        return False
    opens_on = window(due_on, plan.window_days)
    last = max(due_on, today + timedelta(days=min(plan.days, plan.window_days)))
    due_on = due_on if due_on >= today else last
    try:
        assignments.assign(
            row.person, plan.pathway, due_on=due_on, by=None, plan=plan, counts_from=opens_on
        )
    except assignments.CannotAssign:
        return False
    return True


def _latest(plan: AssignmentPlan) -> list[Assignment]:
    """Return the last cycle of everybody whom the plan still meets."""
    rows = Assignment.objects.standing().filter(pathway=plan.pathway, person__in=people(plan))
    newest: dict[int, Assignment] = {}
    for row in rows.select_related("person").order_by("cycle"):
        newest[row.person_id] = row
    return list(newest.values())
