"""Asking pathways of people: by a day, once or anew, with waivers, and one polite reminder."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.core import events, mail_registry, nightly, outbox
from portal.core.models import Effect
from portal.core.prepared import prepared
from portal.people import accounts, aliases
from portal.people.mailing import sending
from portal.people.models import User
from training import nudges
from training.models import (
    Assignment,
    AssignmentPlan,
    Completion,
    ModuleRelease,
    PathwayPage,
    PathwayStep,
)

REMIND_BEFORE = timedelta(days=14)
REMIND_AFTER = timedelta(days=14)  # less than what the outbox remembers, so that once is once
PATH = "/me/needs/"
PORTION = 500
mail_registry.put("training", "assigned", "assignment_due")


class CannotAssign(Exception):
    """Refused; `reason`: open (it is assigned already), empty (no module can be taken yet), or
    settled (done, waived or taken back meanwhile).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def assign(
    person: User,
    pathway: PathwayPage,
    *,
    due_on: date,
    by: User | None,
    plan: AssignmentPlan | None = None,
    counts_from: date | None = None,
) -> Assignment:
    """Ask a person for a pathway. The caller has checked `can_assign`. CannotAssign otherwise.

    What is completed already counts at once, unless `counts_from` says from when.
    """
    User.objects.select_for_update().get(pk=person.pk)
    earlier = Assignment.objects.filter(person=person, pathway=pathway)
    if earlier.open().exists():
        raise CannotAssign("open")
    modules = on_offer(pathway)
    if not modules:
        raise CannotAssign("empty")
    row = Assignment.objects.create(
        person=person,
        pathway=pathway,
        modules=modules,
        plan=plan,
        cycle=earlier.count() + 1,
        assigned_by=by,
        counts_from=counts_from,
        due_on=due_on,
    )
    events.record("training.assigned", actor=by, subject=row, person=person.pk)
    if not _settle(row):
        outbox.add("training.assigned", str(row.pk), payload={"assignment": row.pk})
    return row


def assign_many(
    people: Iterable[User], pathway: PathwayPage, *, due_on: date, by: User
) -> tuple[int, int]:
    """Ask many; return how many were asked, and how many had it open already."""
    asked = had = 0
    for person in people:
        try:
            assign(person, pathway, due_on=due_on, by=by)
        except CannotAssign as error:
            if error.reason != "open":
                raise
            had += 1
        else:
            asked += 1
    return asked, had


@transaction.atomic
def waive(assignment: Assignment, *, reason: str, by: User) -> None:
    """Do without, for one of the fixed reasons. CannotAssign when it is settled."""
    row = _open(assignment)
    row.waived_on, row.waiver, row.waived_by = timezone.localdate(), reason, by
    row.save(update_fields=["waived_on", "waiver", "waived_by"])
    events.record("training.assignment_waived", actor=by, subject=row, reason=reason)


@transaction.atomic
def move(assignment: Assignment, *, due_on: date, by: User) -> None:
    """Give it another day. CannotAssign when it is settled."""
    row = _open(assignment)
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    events.record("training.assignment_moved", actor=by, subject=row, due=due_on.isoformat())


@transaction.atomic
def withdraw(assignment: Assignment, *, by: User) -> None:
    """Take it back: it was asked by mistake. CannotAssign when it is settled."""
    row = _open(assignment)
    row.withdrawn_on = timezone.localdate()
    row.save(update_fields=["withdrawn_on"])
    events.record("training.assignment_withdrawn", actor=by, subject=row)


def follow(person: User) -> None:
    """Bring a person's open assignments up to date; in the transaction of a completion."""
    with transaction.atomic():
        for row in Assignment.objects.select_for_update().of(person).open():
            _settle(row)


def reconsider(person: User) -> None:
    """Open again what stood on a completion that was annulled."""
    rows = Assignment.objects.select_for_update().of(person).standing()
    for row in rows.exclude(completed_on=None):
        days = done_on([row])[row.pk]
        if len(days) < len(row.modules):
            row.completed_on = None
            row.save(update_fields=["completed_on"])
            events.record("training.assignment_reopened", actor=None, subject=row)


def on_offer(pathway: PathwayPage) -> list[int]:
    """Return the ids of a pathway's modules that can be taken now, in its order."""
    released = ModuleRelease.objects.filter(page=OuterRef("module"))
    steps = PathwayStep.objects.filter(pathway=pathway).filter(Exists(released))
    ready = steps.filter(module__live=True, module__is_in_preparation=False)
    return list(ready.order_by("sort_order", "pk").values_list("module_id", flat=True))


def done_on(rows: Sequence[Assignment]) -> dict[int, dict[int, date]]:
    """Return for each assignment which of its modules are done, and on which day; two queries.

    The first completion that counts is taken: a later one makes nobody later.
    """
    counts_for = accounts.everybody({row.person_id for row in rows})
    wanted = {module for row in rows for module in row.modules}
    found: dict[tuple[int, int], list[date]] = {}
    for person, module, at in _facts(list(counts_for), list(wanted)):
        found.setdefault((counts_for[person], module), []).append(timezone.localdate(at))
    return {row.pk: _days(row, counts_for[row.person_id], found) for row in rows}


@prepared
def _facts(people: list[int], modules: list[int]) -> QuerySet[Any, tuple[int, int, datetime]]:
    rows = Completion.objects.standing().filter(person_id__in=people, module_id__in=modules)
    return rows.order_by("completed_at").values_list("person_id", "module_id", "completed_at")


def _days(
    row: Assignment, person: int, found: Mapping[tuple[int, int], list[date]]
) -> dict[int, date]:
    days = {}
    for module in row.modules:
        every = found.get((person, module), [])
        counted = [day for day in every if row.counts_from is None or day >= row.counts_from]
        if counted:
            days[module] = counted[0]
    return days


def asks_again(account_id: int, module_id: int, *, completed_on: date) -> Assignment | None:
    """Return the open assignment for which a module completed on a day must be taken once more.

    Of whomever the account counts for, and of everybody who counts for them.
    """
    today = timezone.localdate()
    rows = Assignment.objects.filter(person__in=accounts.around(account_id)).open()
    due = rows.filter(counts_from__gt=completed_on, counts_from__lte=today)
    return next((row for row in due if module_id in row.modules), None)


def own(person: User) -> list[Assignment]:
    """Return what is asked of a person and not settled, the nearest day first."""
    return _own(person.pk)


@prepared
def _own(person_id: int) -> QuerySet[Assignment]:
    rows = Assignment.objects.of_account(person_id).open()
    return rows.select_related("pathway").order_by("due_on", "pk")


@outbox.handler("training.assigned")
def tell(effect: Effect) -> None:
    """Say once that something was assigned, unless it is settled by now or quiet is wished."""
    _deliver(effect, "assigned")


@outbox.handler("training.assignment_due")
def tell_due(effect: Effect) -> None:
    _deliver(effect, "assignment_due")


@nightly.job
def catch_up() -> None:
    """Settle what two merged accounts completed together, or a correction brought."""
    pks = list(Assignment.objects.open().values_list("pk", flat=True))
    for begin in range(0, len(pks), PORTION):
        rows = list(Assignment.objects.filter(pk__in=pks[begin : begin + PORTION]))
        done = done_on(rows)
        for row in rows:
            if len(done[row.pk]) == len(row.modules):
                follow(aliases.resolve(row.person))


@nightly.job
def remind() -> None:
    """Remind once two weeks before the day, and once after it; a second run adds nothing."""
    today = timezone.localdate()
    near = (today - REMIND_AFTER, today + REMIND_BEFORE)
    rows = Assignment.objects.open().filter(due_on__range=near)
    rows = rows.filter(pathway__live=True, person__is_active=True)
    for row in rows.iterator(chunk_size=500):
        bucket = f"{'late' if row.due_on < today else 'soon'}:{row.due_on.isoformat()}"
        payload = {"assignment": row.pk}
        outbox.add("training.assignment_due", str(row.pk), bucket=bucket, payload=payload)


def _deliver(effect: Effect, template: str) -> None:
    """Look again at send time: what is settled or retired by then sends nothing."""
    row = Assignment.objects.filter(pk=effect.payload["assignment"]).first()
    if row is None:
        return
    person = aliases.resolve(row.person)
    if is_due(person, row.pk):
        about = mail_registry.about(row)
        sending.send(effect, person, template, {"path": PATH}, about=about)


@mail_registry.thing("training.assignment")
def is_due(person: User, pk: int) -> bool:
    """Say whether an assignment is open still, and the person may be told of it."""
    rows = Assignment.objects.open().filter(pk=pk, pathway__live=True)
    return rows.exists() and not nudges.wants_quiet(person)


def _open(assignment: Assignment) -> Assignment:
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not row.is_open:
        raise CannotAssign("settled")
    return row


def _settle(row: Assignment) -> bool:
    """Write down the day of the last module, once all are done."""
    days = done_on([row])[row.pk]
    if row.completed_on is None and len(days) == len(row.modules):
        row.completed_on = max(days.values())
        row.save(update_fields=["completed_on"])
        events.record("training.assignment_done", actor=None, subject=row)
    return row.completed_on is not None
