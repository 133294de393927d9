"""Who may read what of the library. The same rule stands as `visible_to` on the models."""

from typing import Any

from portal.people import aliases, audience, roles, scope
from portal.people.audience import Audience
from portal.people.models import Role
from resources.models import Highlight, Initiative, MustRead, PageSuggestion, ResourcePage


def can_read(user: Any, page: ResourcePage) -> bool:
    """A live page whose audience the person belongs to."""
    return bool(page.live) and audience.can_read(user, page)


def can_see_directory(user: Any) -> bool:
    return roles.is_member(user)


def must_read(user: Any, page: ResourcePage) -> bool:
    """Say whether a page asks the person to say that they read it.

    Coordinators are those of today; members, those of a center's team today.
    """
    if not can_read(user, page) or page.must_read == MustRead.NOBODY:
        return False
    if page.must_read == MustRead.COORDINATORS:
        return roles.is_coordinator(user)
    if not roles.is_member(user) or not scope.own_centers(user).exists():
        return False
    in_named = page.disciplines.filter(pk=user.discipline_id).exists
    return page.must_read == MustRead.MEMBERS or bool(in_named())


def can_see_reading(user: Any) -> bool:
    """Who read what must be read: the manager of every center, a coordinator of the own."""
    return roles.is_manager(user) or roles.is_coordinator(user)


def can_answer_suggestion(user: Any, suggestion: PageSuggestion) -> bool:
    """The page's owner while they work in the admin, and the manager."""
    if roles.is_manager(user):
        return True
    return roles.may_open_cms(user) and suggestion.page.kept_by_id == user.pk


def can_see_usefulness(user: Any) -> bool:
    """What readers said of pages: the manager of all, an owner of the own."""
    return roles.may_open_cms(user)


class NotAllowed(Exception):
    """The policy refuses this person this change."""


class Stale(Exception):
    """Somebody else changed it since this person looked."""


def can_verify(user: Any) -> bool:
    """Say that an entry of the directory, a help line or a fact was checked; change an entry."""
    return roles.has(user, Role.MANAGER, Role.DEPUTY, Role.SPECIALIST)


def can_see_coordinators_section(user: Any) -> bool:
    return Audience.COORDINATORS in audience.readable_by(user)


def can_see_initiative(user: Any, initiative: Initiative) -> bool:
    return initiative.audience in audience.readable_by(user)


def can_work_on(user: Any, initiative: Initiative) -> bool:
    """Write updates and close milestones: the manager, and the owner who may still read it."""
    is_owner = roles.is_member(user) and initiative.owner_id == user.pk
    return roles.is_manager(user) or (is_owner and can_see_initiative(user, initiative))


def can_write_highlights(user: Any) -> bool:
    """Write highlights, and be the second person of somebody else's."""
    return roles.has(user, Role.MANAGER, Role.DEPUTY, Role.SPECIALIST)


def can_see_highlight(user: Any, highlight: Highlight) -> bool:
    return can_write_highlights(user) or (roles.is_member(user) and highlight.is_published)


def can_change_highlight(user: Any, highlight: Highlight) -> bool:
    return can_write_highlights(user) and highlight.author_id == user.pk and highlight.is_draft


def can_approve_highlight(user: Any, highlight: Highlight) -> bool:
    """Another person than who wrote it, merged accounts counted as one."""
    if not can_write_highlights(user) or not highlight.is_waiting:
        return False
    return aliases.resolve(user) != aliases.resolve(highlight.author)


def can_delete_highlight(user: Any, highlight: Highlight) -> bool:
    """A draft: whoever wrote it, or the manager."""
    is_author = can_write_highlights(user) and highlight.author_id == user.pk
    return highlight.is_draft and (is_author or roles.is_manager(user))


def can_log_forums(user: Any) -> bool:
    return roles.is_manager(user)
