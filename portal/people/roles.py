"""Which roles a person holds today."""

from typing import Any

from portal.people.models import CoordinatorAssignment, Role, RoleGrant, User

Roles = frozenset[str]
_CACHE = "_portal_roles"


def of(user: Any) -> Roles:
    """Return the roles and duties a person holds today; none for somebody signed out.

    Kept on the instance, so a request asks the database once.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if not hasattr(user, _CACHE):
        setattr(user, _CACHE, _read(user))
    roles: Roles = getattr(user, _CACHE)
    return roles


def _read(user: User) -> Roles:
    granted = set(RoleGrant.objects.active().filter(user=user).values_list("role", flat=True))
    if CoordinatorAssignment.objects.active().filter(user=user).exists():
        granted.add(Role.COORDINATOR)
    return frozenset({Role.MEMBER, *granted})


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
