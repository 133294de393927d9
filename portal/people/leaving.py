"""Leaving: one action ends access, sessions and tokens, and hands over what is open.

Facts stay: completions, credit, hours and answers keep their person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from wagtail.models import APIToken

from portal.core import events, mail, mail_registry
from portal.people import coverage, grants, roles
from portal.people.models import (
    CoordinatorAssignment,
    Invitation,
    KnownDevice,
    Membership,
    RoleGrant,
    User,
)
from portal.people.models.dated import end_dated


@dataclass(frozen=True, slots=True)
class Work:
    """Open work of one kind: how much a person has, who may take it, and how it is handed over."""

    label: Any
    count: Callable[[User], int]
    may_take: Callable[[User, User], bool]  # (who takes, who leaves)
    hand_over: Callable[[User, User, User], object]  # (who leaves, who takes, by whom)


_works: list[Work] = []
mail_registry.put("urgent", "handed_over")


class CannotLeave(Exception):
    """The action was refused; `reason` names why: self, gone, taker, or last_manager."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def register(work: Work) -> None:
    """An app says what open work a person may have in it."""
    _works.append(work)


def open_work(user: User) -> list[tuple[Work, int]]:
    """Return each kind of open work that the person has, with how much of it."""
    counted = [(work, work.count(user)) for work in _works]
    return [(work, count) for work, count in counted if count]


@transaction.atomic
def leave(user: User, *, by: User, taker: User | None = None) -> None:
    """End a person's access now. `taker` gets the open work and the coordinator assignments.

    The caller has checked `policies.can_end_access`. CannotLeave when a rule forbids it.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    _check(locked, by, taker)
    if taker is not None:
        _hand_over(locked, taker, by)
    today = timezone.localdate()
    locked.is_active, locked.left_on = False, today
    locked.set_unusable_password()
    locked.save(update_fields=["is_active", "left_on", "password"])
    end_sessions(locked)
    end_tokens(locked)
    for model in (Membership, CoordinatorAssignment, RoleGrant):
        end_dated(model.objects.filter(user=locked))
    grants.sync_groups(locked)
    events.record(
        "people.left", actor=by, subject=locked, taker=taker.pk if taker is not None else None
    )
    coverage.tell_of_gaps()


def _check(user: User, by: User, taker: User | None) -> None:
    if user.pk == by.pk:
        raise CannotLeave("self")
    if not user.is_active:
        raise CannotLeave("gone")
    if taker is not None and (not taker.is_active or taker.pk == user.pk):
        raise CannotLeave("taker")
    managers = RoleGrant.objects.active().filter(role="manager", user__is_active=True)
    if managers.filter(user=user).exists() and not managers.exclude(user=user).exists():
        raise CannotLeave("last_manager")


def _hand_over(user: User, taker: User, by: User) -> None:
    """Give what the taker may have; the assignments first, since they bring the rights."""
    handed = False
    for row in CoordinatorAssignment.objects.active().filter(user=user).select_related("center"):
        handed = True
        CoordinatorAssignment.objects.get_or_create(
            user=taker,
            center=row.center,
            kind=row.kind,
            ends_on=row.ends_on,
            defaults={"role_label": row.role_label},
        )
        Membership.objects.get_or_create(user=taker, center=row.center, ends_on=None)
        events.record(
            "people.assigned", actor=by, subject=taker, center_id=row.center_id, role=row.kind
        )
    roles.forget(taker)
    for work, _count in open_work(user):
        if work.may_take(taker, user):
            work.hand_over(user, taker, by)
            handed = True
    if handed:
        mail.queue(taker.pk, "handed_over", subject_key=f"left:{user.pk}", context={"path": "/"})


def end_sessions(user: User) -> int:
    """End every session of a person, wherever it is open; return how many."""
    ended = 0
    store = import_module(settings.SESSION_ENGINE).SessionStore  # the cache's copy goes as well
    for row in UserSession.objects.filter(user=user):
        row.end()
        ended += 1
    # A session that allauth did not list, such as one from before it was installed.
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if str(session.get_decoded().get("_auth_user_id", "")) == str(user.pk):
            store(session.session_key).delete()
            ended += 1
    return ended


def end_tokens(user: User) -> None:
    """Second factors, links of invitations, sign-on of an agency, keys of the admin's interface."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    KnownDevice.objects.filter(user=user).delete()
    APIToken.objects.filter(user=user).delete()
    now = timezone.now()
    Invitation.objects.filter(user=user, accepted_at=None, expires_at__gt=now).update(
        expires_at=now
    )
