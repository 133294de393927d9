"""Giving and ending roles. Wagtail's groups follow the grants."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.core import events, nightly
from portal.people import roles
from portal.people.models import Role, RoleGrant, User
from portal.people.models.dated import end_dated

# Which Wagtail group a role brings; what each group may do stands in reference.py.
GROUPS = {
    Role.MANAGER: "Program managers",
    Role.DEPUTY: "Program managers",
    Role.AUTHOR: "Authors",
    Role.REVIEWER: "Review panel",
}


@transaction.atomic
def grant(
    user: User,
    role: str,
    *,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleGrant:
    """Give a role from a day (default today) to a day; a grant that is open already is kept."""
    days = {"starts_on": starts_on or timezone.localdate(), "ends_on": ends_on}
    row, made = RoleGrant.objects.get_or_create(
        user=user, role=role, ends_on=ends_on, defaults={"granted_by": by, **days}
    )
    if made:
        events.record("people.role_granted", actor=by, subject=user, role=str(role))
    sync_groups(user)
    return row


@transaction.atomic
def end(user: User, role: str, *, by: User | None) -> None:
    """End a role with yesterday as its last day: from now on it holds no more, nor one to come."""
    if not end_dated(RoleGrant.objects.filter(user=user, role=role)):
        return
    events.record("people.role_ended", actor=by, subject=user, role=str(role))
    sync_groups(user)


def sync_groups(user: User) -> None:
    """Put the person into exactly the Wagtail groups that today's roles bring."""
    roles.forget(user)
    wanted = {GROUPS[r] for r in roles.of(user) if r in GROUPS}  # type: ignore[index]
    managed = Group.objects.filter(name__in=set(GROUPS.values()))
    user.groups.remove(*managed.exclude(name__in=wanted))
    user.groups.add(*managed.filter(name__in=wanted))


@nightly.job
def sync_all_groups() -> None:
    """Follow grants that began or ended with the day."""
    in_groups = Q(groups__name__in=set(GROUPS.values()))
    for user in User.objects.filter(Q(grants__isnull=False) | in_groups).distinct():
        sync_groups(user)
