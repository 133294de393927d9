"""Who may do what in training. The same rule stands as `visible_to` on the model."""

from typing import Any

from portal.people import aliases, roles, scope
from portal.people import policies as people_policies
from portal.people.models import Role, User
from portal.people.models.person import UserQuerySet
from training import media
from training.models import (
    AssignmentPlan,
    Certificate,
    EditSuggestion,
    LiveSession,
    ModulePage,
    Video,
)


def can_see_session(user: Any, session: LiveSession) -> bool:
    """Everyone sees statewide sessions and those of the own centers, the manager all."""
    if not roles.is_member(user):
        return False
    if scope.is_statewide(user) or session.center_id is None or session.trainer_id == user.pk:
        return True
    if scope.own_centers(user).filter(pk=session.center_id).exists():
        return True
    if scope.coordinates(user, session.center_id):
        return True
    return session.registrations.open().of(user).exists()


def can_register(user: Any, session: LiveSession) -> bool:
    """Who leads a session takes no place in it."""
    return can_see_session(user, session) and session.trainer_id != user.pk


def can_make_sessions(user: Any) -> bool:
    return roles.is_manager(user) or roles.has(user, Role.TRAINER)


def can_lead(user: Any, session: LiveSession) -> bool:
    """Change and cancel the session and see who is registered: its trainer and the manager."""
    is_own = roles.has(user, Role.TRAINER) and session.trainer_id == user.pk
    return is_own or roles.is_manager(user)


def can_correct(user: Any) -> bool:
    """Publish a module's correction before its review; for the manager alone."""
    return roles.is_manager(user)


def can_see_corrections(user: Any) -> bool:
    return roles.has(user, Role.MANAGER, Role.DEPUTY, Role.REVIEWER)


def can_see_outcomes(user: Any) -> bool:
    """What modules give, as numbers of five people or more: for those who make and review them."""
    return roles.has(user, Role.MANAGER, Role.DEPUTY, Role.AUTHOR, Role.REVIEWER)


def can_assign(user: Any, person: User) -> bool:
    """Ask a pathway of a person: the manager of anybody, a coordinator of the centers' members."""
    return people_policies.can_see_team(user) and (
        scope.is_statewide(user)
        or UserQuerySet(User).of_centers(scope.center_ids(user)).filter(pk=person.pk).exists()
    )


def can_end_plan(user: Any, plan: AssignmentPlan) -> bool:
    """The manager any, a coordinator the own centers' plans; a statewide one is the manager's."""
    if roles.is_manager(user):
        return True
    return plan.center_id is not None and scope.coordinates(user, plan.center_id)


def can_reissue(user: Any, certificate: Certificate) -> bool:
    """A new certificate with today's name is the learner's own to ask for."""
    return certificate.completion.person_id in aliases.person_ids(user)


def can_annul(user: Any) -> bool:
    """Say that a completion does not count."""
    return roles.is_manager(user)


def can_see_evaluations(user: Any) -> bool:
    return roles.is_manager(user) or roles.is_author(user)


def can_see_evaluations_of(user: Any, page: ModulePage) -> bool:
    """What people said of a module is for the manager, and for the author who owns it."""
    is_own = roles.is_author(user) and page.owner_id == user.pk
    return is_own or roles.is_manager(user)


def sees_every_past_session(user: Any) -> bool:
    """The manager reports on all of them; everyone else looks back at the own ones."""
    return roles.is_manager(user)


def can_play(user: Any, video: Video) -> bool:
    """Whoever may read a module that a release of it plays in, and who works in the admin."""
    return roles.may_open_cms(user) or media.reads_a_release_that_uses_it(user, video)


def can_answer_suggestion(user: Any, suggestion: EditSuggestion) -> bool:
    """The module's owner while they work in the admin, the review panel and the manager."""
    if roles.has(user, Role.MANAGER, Role.DEPUTY, Role.REVIEWER):
        return True
    return roles.may_open_cms(user) and suggestion.module.owner_id == user.pk
