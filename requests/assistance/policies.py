"""Who may do what to requests and questions. `visible_to` on the models is the same rule."""

from typing import Any

from django.db.models import Q

from assistance.lifecycle import FINISHED, Part, State
from assistance.models import ActivityRecord, NextStep, Question, Ticket
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
    return center.pk in roles.centers_of(user)


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
    return ticket.center_id in roles.centers_of(user)


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
        or ticket.center_id in roles.centers_of(user),
    }
    return frozenset(part for part, holds in held.items() if holds)


def who_can_see(ticket: Ticket) -> Q:
    """Return which people see a submitted request: `can_see` for many at once."""
    from portal.people.models import RoleGrant

    sides = Q(user=ticket.requester_id) | Q(user=ticket.assignee_id or 0)
    specialists = RoleGrant.objects.active().filter(sides, role=Role.SPECIALIST)
    seeing = Q(pk__in=scope.managers().values("pk"))
    seeing |= Q(pk__in=scope.coordinators_of(ticket.center_id or 0).values("pk"))
    seeing |= Q(pk__in=specialists.values("user_id"))
    if ticket.state in FINISHED:
        seeing |= Q(pk=ticket.requester_id)
    return seeing & Q(is_active=True)


def can_see_gaps(user: Any) -> bool:
    """What is asked often without a page: for whoever publishes guidance."""
    return roles.is_manager(user)


def can_see_notes(user: Any, ticket: Ticket) -> bool:
    return bool(parts(user, ticket) & STAFF)


def is_from_staff(ticket: Ticket, by: User, parts: frozenset[Part]) -> bool:
    """Say on which side a person speaks: a manager who asked speaks as the requester."""
    is_own = ticket.requester_id == by.pk and ticket.assignee_id != by.pk
    return bool(parts & STAFF) and not is_own


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


def is_staff(user: Any) -> bool:
    """Who answers requests: specialists and those with the manager's rights."""
    return roles.is_manager(user) or roles.is_specialist(user)


def works_on_record(user: Any, record: ActivityRecord) -> bool:
    """The manager; a specialist on what they recorded, or on a request assigned to them."""
    if roles.is_manager(user):
        return True
    if not roles.is_specialist(user):
        return False
    ticket = record.ticket
    is_of_own_request = ticket is not None and ticket.assignee_id == user.pk
    return record.recorded_by_id == user.pk or is_of_own_request


def can_see_record(user: Any, record: ActivityRecord) -> bool:
    if not roles.is_member(user):
        return False
    return works_on_record(user, record) or _is_approved_for(user, record)


def _is_approved_for(user: Any, record: ActivityRecord) -> bool:
    return record.is_approved and scope.coordinates(user, record.center_id)


def can_change_record(user: Any, record: ActivityRecord) -> bool:
    return works_on_record(user, record) and not record.is_approved


def can_approve_record(user: Any, record: ActivityRecord) -> bool:
    return roles.is_manager(user) and not record.is_approved


def can_finish_step(user: Any, step: NextStep) -> bool:
    """The staff any; the center's coordinators those of their side, once the record is approved."""
    if works_on_record(user, step.record):
        return True
    return step.side == NextStep.Side.CENTER and _is_approved_for(user, step.record)


def can_keep_desk(user: Any) -> bool:
    """Keep passages, see who covers what, and what follow-ups say."""
    return roles.is_manager(user)
