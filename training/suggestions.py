"""Suggested edits of modules: made by whoever reads one, answered by who keeps it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import events, mail
from portal.people import aliases, retention, roles, scope
from portal.people.models import User
from training import paths, policies
from training.models import EditSuggestion, ModulePage, ModuleRelease

TEXT_KEPT = timedelta(days=2 * 365)


class NotAllowed(Exception):
    """The module, the key or the suggestion is not this person's, or it is answered already."""


@transaction.atomic
def suggest(
    *,
    page: ModulePage,
    release: ModuleRelease | None,
    lesson_id: str,
    kind: str,
    text: str,
    by: User,
    key: UUID,
    overrides: int = 0,
) -> EditSuggestion:
    """Suggest an edit, once per key. The text has passed the screen; `overrides` were settled."""
    if not roles.is_member(by) or not paths.visible_to(by).filter(pk=page.pk).exists():
        raise NotAllowed
    said = {"module": page, "release": release, "lesson_id": lesson_id, "kind": kind, "text": text}
    row, made = EditSuggestion.objects.get_or_create(key=key, defaults={**said, "made_by": by})
    if row.made_by_id != by.pk:
        raise NotAllowed
    if made:
        events.record(
            "training.edit_suggested", actor=by, subject=row, about=kind, overrides=overrides
        )
        for user in answerers(page):
            if user.pk != by.pk:
                _mail(user, "edit_suggested", row)
    return row


@transaction.atomic
def answer(
    suggestion: EditSuggestion, *, by: User, state: str, text: str = "", overrides: int = 0
) -> EditSuggestion:
    """Take a suggestion up or decline it, once. NotAllowed when that happened meanwhile."""
    row = EditSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not row.is_open or not policies.can_answer_suggestion(by, row):
        raise NotAllowed
    row.state = EditSuggestion.State(state)
    row.answer, row.answered_by, row.answered_at = text, by, timezone.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    events.record(
        "training.suggestion_answered", actor=by, subject=row, state=state, overrides=overrides
    )
    maker = aliases.resolve(row.made_by)
    if maker.pk != by.pk:
        _mail(maker, "edit_answered", row)
    return row


def answerers(page: ModulePage) -> list[User]:
    """Return the module's owner while they work in the admin; else the managers."""
    if page.owner is not None and roles.may_open_cms(page.owner):
        return [page.owner]
    return list(scope.managers())


def _mail(user: User, template: str, row: EditSuggestion) -> None:
    key = f"{template}:{row.pk}"
    mail.queue(user.pk, template, subject_key=key, context={"path": row.get_absolute_url()})


def _old_texts() -> QuerySet[EditSuggestion]:
    old = EditSuggestion.objects.filter(answered_at__lt=timezone.now() - TEXT_KEPT)
    return old.exclude(Q(text="") & Q(answer=""))


def _blank(rows: QuerySet[EditSuggestion]) -> None:
    rows.update(text="", answer="")


retention.register(
    retention.Rule(
        "edit_suggestions",
        _("What was written in suggested edits"),
        _("2 years after the answer, then the record alone"),
        _old_texts,
        _blank,
        "made_by",
    )
)
