"""Watching a request: being told of it without being one of its two sides."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assistance import lifecycle, policies
from assistance.lifecycle import NotAllowed, Part, State, Work
from assistance.models import Ticket, Watcher
from portal.core import events
from portal.people import scope
from portal.people.models import User

# Who may let others watch; everybody else only themselves.
HOSTS = frozenset({Part.OWNER, Part.MANAGER})


def candidates(ticket: Ticket) -> QuerySet[User]:
    """Return who may be asked to watch: who coordinates the center, the manager, the assignee;
    and who watches already."""
    assignee = User.objects.filter(pk=ticket.assignee_id or 0, is_active=True)
    people = [scope.coordinators_of(ticket.center_id or 0), scope.managers(), assignee]
    watchers = Watcher.objects.filter(ticket=ticket).order_by().values("user_id")
    ids = watchers.union(*(each.order_by().values("pk") for each in people))
    return User.objects.filter(pk__in=ids)


@transaction.atomic
def start(ticket: Ticket, *, user: User, by: User, at: datetime | None = None) -> None:
    """Let somebody watch. NotAllowed for whoever may not see it, or asks without the right to."""
    _check(ticket, user, by)
    if not user.is_active or not policies.can_see(user, ticket):
        raise NotAllowed("watch")
    follow(ticket, user, by=by, at=at)


def follow(ticket: Ticket, user: User, *, by: User, at: datetime | None) -> None:
    """Add a watcher, once."""
    _row, made = Watcher.objects.get_or_create(
        ticket=ticket, user=user, defaults={"added_by": by, "added_at": at or timezone.now()}
    )
    if made:
        events.record("request.watched", actor=by, **_about(ticket, user))


@transaction.atomic
def stop(ticket: Ticket, *, user: User, by: User) -> None:
    _check(ticket, user, by)
    if Watcher.objects.filter(ticket=ticket, user=user).delete()[0]:
        events.record("request.unwatched", actor=by, **_about(ticket, user))


def rows(ticket: Ticket) -> QuerySet[User]:
    """Return the watchers who may see the request today, the first one first."""
    seeing = policies.who_can_see(ticket)
    return User.objects.filter(seeing, watching__ticket=ticket).order_by(
        "watching__added_at", "watching__pk"
    )


def people(ticket: Ticket) -> list[User]:
    return list(rows(ticket))


def _check(ticket: Ticket, user: User, by: User) -> None:
    held = policies.parts(by, ticket)
    if not lifecycle.may(Work.WATCH, State(ticket.state), held):
        raise NotAllowed("watch")
    if user != by and not held & HOSTS:
        raise NotAllowed("watch for somebody else")


def _about(ticket: Ticket, user: User) -> dict[str, Any]:
    return {"subject": ticket, "center_id": ticket.center_id, "watcher": user.pk}
