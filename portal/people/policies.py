"""Who may do what to people. The same rule stands as `visible_to` on the model."""

from typing import Any

from portal.people import roles, scope
from portal.people.models import JoinRequest, Membership, Role, User


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


def answers_for(user: Any, person: User) -> bool:
    """Change what the roster says of a person: the manager of anybody, a coordinator of members.

    A coordinator answers for people of the own centers who hold no statewide role; nobody answers
    for themselves here (the own page does that).
    """
    if user == person or person.anonymised_on is not None:
        return False
    if person.is_superuser and not user.is_superuser:
        return False
    if roles.is_manager(user):
        return True
    holds_role = roles.of(person) - {Role.MEMBER, Role.TRAINER}
    return roles.is_coordinator(user) and can_see_person(user, person) and not holds_role


def can_end_access(user: Any, person: User) -> bool:
    """A coordinator ends the access of people who belong to the own centers and no other."""
    if not answers_for(user, person) or not person.is_active:
        return False
    if roles.is_manager(user):
        return True
    elsewhere = Membership.objects.active().filter(user=person)
    return not elsewhere.exclude(center_id__in=scope.center_ids(user)).exists()


def can_decide_joining(user: Any, request: JoinRequest) -> bool:
    return can_invite_to(user, request.center_id)


def can_give_roles(user: Any) -> bool:
    return roles.is_manager(user)


def can_give_role(user: Any, person: User, role: str) -> bool:
    """Nobody changes their own roles; the manager's and the deputy's are the manager's to give."""
    if user == person or not person.is_active:
        return False
    if role in {Role.MANAGER, Role.DEPUTY}:
        return roles.has(user, Role.MANAGER)
    return roles.is_manager(user)


def can_see_audit(user: Any) -> bool:
    return roles.is_manager(user)


def can_see_mail(user: Any) -> bool:
    """See the log of mails and whose address mail comes back from; let it go there again."""
    return roles.is_manager(user)


def can_see_status(user: Any) -> bool:
    """See what runs behind the pages; decide what becomes of what could not be delivered."""
    return roles.is_manager(user)


def can_hold(user: Any) -> bool:
    """See what retention would remove; place and lift legal holds."""
    return roles.is_manager(user)


def can_take_work(taker: User, person: User) -> bool:
    """Who may be handed a leaver's assignments: somebody who has joined and stays."""
    return taker.is_active and taker.has_joined and taker != person
