"""Who may do what to people. The same rule stands as `visible_to` on the model."""

from typing import Any

from portal.people import roles, scope
from portal.people.models import Membership, User


def can_see_person(user: Any, person: User) -> bool:
    """The manager sees everyone, a coordinator the members of the own centers, all themselves."""
    if scope.is_statewide(user) or user == person:
        return True
    members = Membership.objects.active().filter(user=person)
    return members.filter(center_id__in=scope.center_ids(user)).exists()


def can_see_team(user: Any) -> bool:
    return roles.is_coordinator(user) or roles.is_manager(user)


def can_invite_to(user: Any, center_id: int) -> bool:
    return roles.is_manager(user) or scope.coordinates(user, center_id)


def can_see_reports(user: Any) -> bool:
    return roles.is_manager(user)
