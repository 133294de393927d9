"""Whose business a person may see. Scope is the center; the manager sees the state."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from portal.people import roles
from portal.people.models import Center, CoordinatorAssignment, Membership, User


def is_statewide(user: Any) -> bool:
    """Say whether the person sees every center: the manager, or an active deputy."""
    return roles.is_manager(user)


def center_ids(user: User | int, on: date | None = None) -> QuerySet[Any, Any]:
    """Return the ids of the centers the person coordinates, today or on a day (a subquery)."""
    return CoordinatorAssignment.objects.active(on).filter(user=user).values("center_id")


def centers(user: User) -> QuerySet[Center]:
    """Return the centers the person answers for: all for the manager."""
    if is_statewide(user):
        return Center.objects.all()
    return Center.objects.filter(pk__in=center_ids(user))


def coordinates(user: User, center_id: int) -> bool:
    return CoordinatorAssignment.objects.active().filter(user=user, center=center_id).exists()


def own_centers(user: User) -> QuerySet[Center]:
    """Return the centers the person is a member of today."""
    members = Membership.objects.active().filter(user=user)
    return Center.objects.filter(pk__in=members.values("center_id"))


def centers_on(user: User, day: date) -> QuerySet[Center]:
    """Return the centers the person was a member of on a day (America/New_York)."""
    members = Membership.objects.active(day).filter(user=user)
    return Center.objects.filter(pk__in=members.values("center_id"))


def coordinators_of(center_id: int) -> QuerySet[User]:
    """Return the people who coordinate a center today, primary before backup."""
    active = CoordinatorAssignment.objects.active().filter(center=center_id)
    return User.objects.filter(pk__in=active.values("user_id"), is_active=True)


def managers() -> QuerySet[User]:
    """Return the people with the manager's rights today."""
    from portal.people.models import Role, RoleGrant

    grants = RoleGrant.objects.active().filter(role__in=[Role.MANAGER, Role.DEPUTY])
    return User.objects.filter(pk__in=grants.values("user_id"), is_active=True)
