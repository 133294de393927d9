"""Suggested edits of modules: made by whoever reads one, answered by who keeps it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import events, mail_registry
from portal.people import roles, suggesting
from portal.people.models import User
from portal.people.suggesting import NotAllowed
from training import paths, policies
from training.models import EditSuggestion, ModulePage, ModuleRelease

mail_registry.put("editing", "edit_suggested")
mail_registry.put("requests", "edit_answered")


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
        suggesting.tell(page.owner, "edit_suggested", row)
    return row


@transaction.atomic
def answer(
    suggestion: EditSuggestion, *, by: User, state: str, text: str = "", overrides: int = 0
) -> EditSuggestion:
    """Take a suggestion up or decline it, once. NotAllowed when that happened meanwhile."""
    row: EditSuggestion = EditSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not row.is_open or not policies.can_answer_suggestion(by, row):
        raise NotAllowed
    events.record(
        "training.suggestion_answered", actor=by, subject=row, state=state, overrides=overrides
    )
    suggesting.settle(row, "edit_answered", by=by, state=state, text=text)
    return row


@mail_registry.thing("training.editsuggestion")
def may_hear_of(user: User, pk: int) -> bool:
    return EditSuggestion.objects.visible_to(user).filter(pk=pk).exists()


suggesting.keep_short(EditSuggestion, "edit_suggestions", _("What was written in suggested edits"))
