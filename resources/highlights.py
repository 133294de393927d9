"""Highlights from draft to published: every box ticked, and a second person's word."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.core import events, mail, mail_registry
from portal.people import scope
from portal.people.models import Center, Role, RoleGrant, User
from resources import policies
from resources.models import Highlight
from resources.models.highlight import CHECKS
from resources.policies import NotAllowed, Stale

State = Highlight.State
mail_registry.put("editing", "highlight_waiting", "highlight_decided")


@dataclass(frozen=True, slots=True)
class Content:
    """What a highlight says (screened), and which boxes its author ticked."""

    title: str
    text: str
    center: Center | None = None
    checks: dict[str, bool] = field(default_factory=dict)


class NotChecked(Exception):
    """A box of the checklist is not ticked."""


@transaction.atomic
def write(
    content: Content, *, by: User, key: UUID, overrides: int = 0, at: datetime | None = None
) -> Highlight:
    """Keep a new draft; the same key makes one. NotAllowed by policy."""
    if not policies.can_write_highlights(by):
        raise NotAllowed
    values = {"author": by, "written_at": at or timezone.now(), **_columns(content)}
    row, is_new = Highlight.objects.get_or_create(key=key, defaults=values)
    if row.author_id != by.pk:
        raise NotAllowed
    if is_new:
        events.record(
            "resources.highlight_written", actor=by, subject=row, at=at, overrides=overrides
        )
    return row


@transaction.atomic
def change(
    highlight: Highlight, content: Content, *, by: User, version: int, overrides: int = 0
) -> Highlight:
    """Write a draft anew. NotAllowed by policy; Stale when it moved since it was opened."""
    row = _lock(highlight)
    if not policies.can_change_highlight(by, row):
        raise NotAllowed
    if row.version != version:
        raise Stale
    for name, value in _columns(content).items():
        setattr(row, name, value)
    _save(row)
    events.record("resources.highlight_written", actor=by, subject=row, overrides=overrides)
    return row


@transaction.atomic
def submit(highlight: Highlight, *, by: User, at: datetime | None = None) -> Highlight:
    """Ask for a second person. NotChecked while a box is open."""
    row = _lock(highlight)
    if row.is_waiting and row.author_id == by.pk:
        return row
    if not policies.can_change_highlight(by, row):
        raise NotAllowed
    if not all(row.checks.values()):
        raise NotChecked
    row.state, row.remark = State.WAITING, ""
    _save(row)
    event = events.record("resources.highlight_submitted", actor=by, subject=row, at=at)
    for user in approvers(row):
        _tell(user, "highlight_waiting", row, event.pk)
    return row


@transaction.atomic
def approve(
    highlight: Highlight, *, by: User, version: int, at: datetime | None = None
) -> Highlight:
    """Publish as the second person what this person has read: `version` says which text."""
    row = _lock(highlight)
    if not policies.can_approve_highlight(by, row):
        raise NotAllowed
    if row.version != version:
        raise Stale
    row.state, row.approved_by, row.published_at = State.PUBLISHED, by, at or timezone.now()
    _save(row)
    event = events.record("resources.highlight_approved", actor=by, subject=row, at=at)
    _tell(row.author, "highlight_decided", row, event.pk)
    return row


@transaction.atomic
def send_back(highlight: Highlight, *, by: User, remark: str, overrides: int = 0) -> Highlight:
    """Give a waiting one back to its author with a screened remark."""
    row = _lock(highlight)
    if not policies.can_approve_highlight(by, row):
        raise NotAllowed
    row.state, row.remark = State.DRAFT, remark
    _save(row)
    event = events.record(
        "resources.highlight_sent_back", actor=by, subject=row, overrides=overrides
    )
    _tell(row.author, "highlight_decided", row, event.pk)
    return row


@transaction.atomic
def withdraw(highlight: Highlight, *, by: User) -> Highlight:
    """Take a published or waiting one back to a draft, at once and by one person."""
    row = _lock(highlight)
    if not policies.can_write_highlights(by):
        raise NotAllowed
    if not row.is_draft:
        row.state, row.approved_by, row.published_at = State.DRAFT, None, None
        _save(row)
        events.record("resources.highlight_withdrawn", actor=by, subject=row)
    return row


@transaction.atomic
def delete(highlight: Highlight, *, by: User) -> None:
    """Delete a draft: its author, or the manager. NotAllowed otherwise."""
    row = _lock(highlight)
    if not policies.can_delete_highlight(by, row):
        raise NotAllowed
    events.record("resources.highlight_deleted", actor=by, subject=row)
    row.delete()


def approvers(highlight: Highlight) -> list[User]:
    """Return who may be the second person today."""
    grants = RoleGrant.objects.active().filter(role=Role.SPECIALIST)
    specialists = User.objects.filter(pk__in=grants.values("user_id"), is_active=True)
    people = (scope.managers() | specialists).distinct()
    return [user for user in people if policies.can_approve_highlight(user, highlight)]


def _columns(content: Content) -> dict[str, object]:
    checks = {name: bool(content.checks.get(name)) for name in CHECKS}
    return {"title": content.title, "text": content.text, "center": content.center, **checks}


def _lock(highlight: Highlight) -> Highlight:
    rows = Highlight.objects.select_for_update(of=("self",)).select_related("author")
    return rows.get(pk=highlight.pk)


def _save(row: Highlight) -> None:
    row.version += 1
    row.save()


def _tell(user: User, template: str, row: Highlight, event: int) -> None:
    context = {"path": row.get_absolute_url()}
    mail.queue(user.pk, template, subject_key=f"{template}:{event}", context=context, about=row)


@mail_registry.thing("resources.highlight")
def may_hear(user: User, pk: int) -> bool:
    return bool(Highlight.objects.visible_to(user).filter(pk=pk).exists())
