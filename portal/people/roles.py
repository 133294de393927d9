"""Which roles a person holds today."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, QuerySet, Value
from django.utils import timezone

from portal.core.prepared import prepared
from portal.people.models import CoordinatorAssignment, Role, RoleGrant, User

Roles = frozenset[str]
_CACHE = "_portal_roles"
NOWHERE = Value(None, output_field=BigIntegerField())


def of(user: Any) -> Roles:
    """Return the roles and duties a person holds today; none for somebody signed out.

    Kept on the instance, so a request asks the database once.
    """
    return _held(user)[0]


def centers_of(user: Any) -> frozenset[int]:
    """Return the ids of the centers that a person coordinates today."""
    return _held(user)[1]


def _held(user: Any) -> tuple[Roles, frozenset[int]]:
    if not isinstance(user, User) or not user.is_active:
        return frozenset(), frozenset()
    if not hasattr(user, _CACHE):
        setattr(user, _CACHE, _read(user))
    held: tuple[Roles, frozenset[int]] = getattr(user, _CACHE)
    return held


def _read(user: User) -> tuple[Roles, frozenset[int]]:
    """Read both kinds of rows in one query."""
    held = _rows(user.pk, timezone.localdate())
    centers = frozenset(center for role, center in held if center is not None)
    return frozenset({Role.MEMBER, *(role for role, _center in held)}), centers


@prepared
def _rows(user_id: int, today: date) -> QuerySet[Any, tuple[str, int | None]]:
    grants = RoleGrant.objects.active(today).filter(user=user_id).annotate(center=NOWHERE)
    desks = CoordinatorAssignment.objects.active(today).filter(user=user_id)
    held: QuerySet[Any, tuple[str, int | None]] = grants.values_list("role", "center").union(
        desks.annotate(role=Value(Role.COORDINATOR)).values_list("role", "center_id"), all=True
    )
    return held


def plain(user: User) -> tuple[int, tuple[str, ...], list[int]]:
    """Return all that says what a person may see: their id, their roles, their centers' ids."""
    return user.pk, tuple(sorted(of(user))), sorted(centers_of(user))


def holder(pk: int, held: Iterable[str], centers: Iterable[int]) -> User:
    """Return somebody who may see the same, for a statement that is prepared of plain values."""
    user = User(pk=pk, is_active=True)
    setattr(user, _CACHE, (frozenset(held), frozenset(centers)))
    return user


def forget(user: User) -> None:
    """Read the roles anew: a grant changed within this request."""
    user.__dict__.pop(_CACHE, None)


def has(user: Any, *wanted: str) -> bool:
    """Say whether the person holds any of the roles."""
    return not of(user).isdisjoint(wanted)


def is_member(user: Any) -> bool:
    return bool(of(user))


def is_coordinator(user: Any) -> bool:
    return has(user, Role.COORDINATOR)


def is_specialist(user: Any) -> bool:
    return has(user, Role.SPECIALIST)


def is_author(user: Any) -> bool:
    return has(user, Role.AUTHOR)


def is_reviewer(user: Any) -> bool:
    return has(user, Role.REVIEWER)


def is_manager(user: Any) -> bool:
    """Say whether the person has the manager's rights today: the manager, or an active deputy."""
    return has(user, Role.MANAGER, Role.DEPUTY)


def may_open_cms(user: Any) -> bool:
    return has(user, Role.MANAGER, Role.DEPUTY, Role.AUTHOR, Role.REVIEWER)
