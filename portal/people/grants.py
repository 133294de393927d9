"""Giving and ending roles. Wagtail's groups follow the grants."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from portal.core import events, nightly
from portal.people import roles
from portal.people.models import Role, RoleGrant, User

# Which Wagtail group a role brings; what each group may do stands in reference.py.
GROUPS = {
    Role.MANAGER: "Program managers",
    Role.DEPUTY: "Program managers",
    Role.AUTHOR: "Authors",
    Role.REVIEWER: "Review panel",
}


class LastManager(Exception):
    """Nobody else would have the manager's role."""


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
    """End a role with yesterday as its last day: from now on it holds no more.

    LastManager when nobody else would have the manager's role; the shell (`by` None) may all the
    same.
    """
    others = RoleGrant.objects.active().filter(role=Role.MANAGER, user__is_active=True)
    if role == Role.MANAGER and by is not None and not others.exclude(user=user).exists():
        raise LastManager
    today = timezone.localdate()
    for row in RoleGrant.objects.active().filter(user=user, role=role):
        if row.starts_on == today:
            row.delete()
        else:
            row.ends_on = today - timedelta(days=1)
            row.save(update_fields=["ends_on"])
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
    for user in User.objects.filter(grants__isnull=False).distinct():
        sync_groups(user)
