"""The log of forums and advocacy: keeping an entry, changing it, taking it out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.core import events
from portal.people.models import User
from resources import policies
from resources.models import Forum
from resources.policies import NotAllowed


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says. `audience` is a head-count, None where nobody counted."""

    happened_on: date
    level: str
    kind: str
    title: str
    funding: str
    audience: int | None = None

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def record(
    content: Content, *, by: User, key: UUID, overrides: int = 0, at: datetime | None = None
) -> Forum:
    """Keep an entry; the same key makes one. NotAllowed by policy."""
    _check(by)
    values = {"recorded_by": by, "recorded_at": at or timezone.now(), **content.columns()}
    row, is_new = Forum.objects.get_or_create(key=key, defaults=values)
    if is_new:
        events.record("resources.forum_logged", actor=by, subject=row, at=at, overrides=overrides)
    return row


@transaction.atomic
def change(forum: Forum, content: Content, *, by: User, overrides: int = 0) -> Forum:
    _check(by)
    row = Forum.objects.select_for_update().get(pk=forum.pk)
    for name, value in content.columns().items():
        setattr(row, name, value)
    row.save()
    events.record("resources.forum_changed", actor=by, subject=row, overrides=overrides)
    return row


@transaction.atomic
def delete(forum: Forum, *, by: User) -> None:
    _check(by)
    row = Forum.objects.select_for_update().get(pk=forum.pk)
    events.record("resources.forum_deleted", actor=by, subject=row)
    row.delete()


def _check(by: User) -> None:
    if not policies.can_log_forums(by):
        raise NotAllowed
