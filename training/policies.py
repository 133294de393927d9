"""Who may do what in training. The same rule stands as `visible_to` on the model."""

from typing import Any

from django.db.models import QuerySet

from portal.people import aliases, roles, scope
from portal.people import policies as people_policies
from portal.people.models import Center, Role, RoleGrant, User
from portal.people.models.person import UserQuerySet
from training import media
from training.models import (
    AccreditationPack,
    AssignmentPlan,
    Certificate,
    EditSuggestion,
    LiveSession,
    ModulePage,
    OutreachTalk,
    OutsideTraining,
    Video,
)

OUTSIDE_REVIEWERS = (Role.SPECIALIST, Role.MANAGER, Role.DEPUTY)


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
    return LiveSession.objects.filter(pk=session.pk).of(user).exists()


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


def reviews_outside(user: Any) -> bool:
    """Review what people hand in of training elsewhere."""
    return roles.has(user, *OUTSIDE_REVIEWERS)


def outside_reviewers() -> QuerySet[User]:
    grants = RoleGrant.objects.active().filter(role__in=OUTSIDE_REVIEWERS)
    return User.objects.filter(pk__in=grants.values("user_id"), is_active=True)


def can_see_outside(user: Any, row: OutsideTraining) -> bool:
    """The own; all for who reviews; for a coordinator what was accepted of the centers' members."""
    if not roles.is_member(user):
        return False
    if reviews_outside(user) or row.person_id in aliases.person_ids(user):
        return True
    members = UserQuerySet(User).of_centers(scope.center_ids(user))
    return row.state == row.State.ACCEPTED and members.filter(pk=row.person_id).exists()


def can_review_outside(user: Any, row: OutsideTraining) -> bool:
    """Nobody reviews what they handed in themselves, merged accounts counted as one."""
    return reviews_outside(user) and aliases.resolve(user) != aliases.resolve(row.person)


def can_log_talks(user: Any) -> bool:
    return roles.has(user, Role.COORDINATOR, Role.TRAINER, Role.MANAGER, Role.DEPUTY)


def can_log_talk_for(user: Any, center_id: int | None) -> bool:
    """The manager for any center or none, a coordinator for the own ones; a trainer for those of
    the own teams, and statewide as their sessions are.
    """
    if roles.is_manager(user):
        return True
    if center_id is None:
        return roles.has(user, Role.TRAINER)
    if scope.coordinates(user, center_id):
        return True
    is_own = scope.own_centers(user).filter(pk=center_id).exists()
    return roles.has(user, Role.TRAINER) and is_own


def can_see_talk(user: Any, talk: OutreachTalk) -> bool:
    """The manager any, a coordinator those of the own centers, everyone what they logged."""
    if not roles.is_member(user):
        return False
    if scope.is_statewide(user) or talk.recorded_by_id == user.pk:
        return True
    return talk.center_id is not None and scope.coordinates(user, talk.center_id)


def can_mend_talk(user: Any, talk: OutreachTalk) -> bool:
    """Correct a talk or take it back: who sees it and could log it today."""
    return can_see_talk(user, talk) and can_log_talk_for(user, talk.center_id)


def can_keep_center(user: Any, center_id: int) -> bool:
    """See a center's page and keep the record of its protocol."""
    return scope.is_statewide(user) or scope.coordinates(user, center_id)


def can_ask_pack(user: Any, center: Center) -> bool:
    """The manager of any center, a coordinator of the own ones."""
    return roles.is_manager(user) or (
        roles.is_coordinator(user) and scope.coordinates(user, center.pk)
    )


def can_see_pack(user: Any, pack: AccreditationPack) -> bool:
    """Whoever may ask for a pack of the center, whoever asked for this one."""
    return can_ask_pack(user, pack.center)
