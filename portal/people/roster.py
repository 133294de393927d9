"""Changing what the roster says of a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from portal.core import events
from portal.people import coverage, roles
from portal.people.models import Center, CoordinatorAssignment, Membership, User
from portal.people.models.dated import end_dated

DETAILS = ("first_name", "last_name", "title", "agency", "discipline", "is_statewide")


@transaction.atomic
def change(user: User, fields: Mapping[str, Any], *, by: User) -> list[str]:
    """Write what differs; return the names of the fields. Names only stand in the audit."""
    row = User.objects.select_for_update().get(pk=user.pk)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, fields[name])
        row.save(update_fields=changed)
        events.record("people.changed", actor=by, subject=row, fields=sorted(changed))
    return changed


@transaction.atomic
def put_on(user: User, center: Center, *, by: User) -> bool:
    """Put a person on a center's roster; say whether that was new."""
    _row, made = Membership.objects.get_or_create(user=user, center=center, ends_on=None)
    if made:
        events.record("people.rostered", actor=by, subject=user, center_id=center.pk)
    return made


@transaction.atomic
def take_off(user: User, center: Center, *, by: User) -> bool:
    """Take a person off one center's roster; say whether they stood on it. The account stays."""
    rows = Membership.objects.active().filter(user=user, center=center)
    if not rows.exists():
        return False
    end_dated(rows)
    events.record("people.unrostered", actor=by, subject=user, center_id=center.pk)
    return True


@transaction.atomic
def assign(
    user: User,
    center: Center,
    *,
    kind: str,
    by: User,
    label: str = "Coordinator",
    ends_on: date | None = None,
) -> CoordinatorAssignment:
    """Let a person coordinate a center from today, as primary or backup (to `ends_on`, if set)."""
    row, made = CoordinatorAssignment.objects.get_or_create(
        user=user,
        center=center,
        kind=kind,
        ends_on=ends_on,
        defaults={"role_label": label},
    )
    if made:
        events.record("people.assigned", actor=by, subject=user, center_id=center.pk, role=kind)
        coverage.tell_of_gaps()
    roles.forget(user)
    return row


@transaction.atomic
def unassign(assignment: CoordinatorAssignment, *, by: User) -> None:
    """End an assignment with yesterday as its last day; a gap in coverage is told at once."""
    user, center = assignment.user, assignment.center_id
    end_dated(CoordinatorAssignment.objects.filter(pk=assignment.pk))
    events.record(
        "people.unassigned", actor=by, subject=user, center_id=center, role=assignment.kind
    )
    roles.forget(user)
    coverage.tell_of_gaps()
