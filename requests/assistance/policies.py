"""Who may do what to requests and questions. `visible_to` on the models is the same rule."""

from typing import Any

from assistance.lifecycle import FINISHED, Part, State
from assistance.models import Question, Ticket
from portal.people import roles, scope
from portal.people.models import Center, Role, User

STAFF = frozenset({Part.MANAGER, Part.ASSIGNEE})


def can_create(user: Any) -> bool:
    return roles.has(user, Role.COORDINATOR, Role.SPECIALIST, Role.MANAGER, Role.DEPUTY)


def can_enter(user: Any) -> bool:
    """The section is for those who work on requests, and for a former coordinator's own."""
    return can_create(user) or Ticket.objects.visible_to(user).exists()


def can_request_for(user: User, center: Center) -> bool:
    """A coordinator asks for the own centers, specialist and manager for any."""
    if roles.is_manager(user) or roles.is_specialist(user):
        return True
    return scope.coordinates(user, center.pk)


def centers_for(user: User) -> Any:
    """Return the centers a person may ask for."""
    if roles.is_manager(user) or roles.is_specialist(user):
        return Center.objects.all()
    return scope.centers(user)


def can_see(user: Any, ticket: Ticket) -> bool:
    if not roles.is_member(user):
        return False
    is_own = ticket.requester_id == user.pk
    if ticket.state == State.DRAFT:
        return is_own and can_create(user)
    if roles.is_manager(user) or (is_own and ticket.state in FINISHED):
        return True
    if roles.is_specialist(user) and (is_own or ticket.assignee_id == user.pk):
        return True
    return ticket.center_id is not None and scope.coordinates(user, ticket.center_id)


def parts(user: Any, ticket: Ticket) -> frozenset[Part]:
    """Return what a person is to a request; nothing for a former coordinator."""
    if not can_create(user):
        return frozenset()
    is_own = ticket.requester_id == user.pk
    if ticket.state == State.DRAFT:
        return frozenset({Part.OWNER}) if is_own else frozenset()
    is_manager, is_specialist = roles.is_manager(user), roles.is_specialist(user)
    held = {
        Part.MANAGER: is_manager,
        Part.ASSIGNEE: ticket.assignee_id == user.pk and (is_manager or is_specialist),
        Part.OWNER: (is_own and (is_manager or is_specialist))
        or (roles.is_coordinator(user) and scope.coordinates(user, ticket.center_id or 0)),
    }
    return frozenset(part for part, holds in held.items() if holds)


def can_see_gaps(user: Any) -> bool:
    """What is asked often without a page: for whoever publishes guidance."""
    return roles.is_manager(user)


def can_see_notes(user: Any, ticket: Ticket) -> bool:
    return bool(parts(user, ticket) & STAFF)


def assignable() -> Any:
    """Return who may be given a request: specialists and those with the manager's rights."""
    from portal.people.models import RoleGrant

    holders = RoleGrant.objects.active().filter(
        role__in=[Role.SPECIALIST, Role.MANAGER, Role.DEPUTY]
    )
    return User.objects.filter(pk__in=holders.values("user_id"), is_active=True)


def can_see_question(user: Any, question: Question) -> bool:
    if not roles.is_member(user):
        return False
    return question.asker_id == user.pk or can_answer_question(user, question)


def can_answer_question(user: Any, question: Question) -> bool:
    """The coordinators of its center, and the manager; nobody answers the own question."""
    if question.asker_id == user.pk:
        return False
    if roles.is_manager(user):
        return True
    return question.center_id is not None and scope.coordinates(user, question.center_id)
