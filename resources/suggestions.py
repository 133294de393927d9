"""Suggested edits of pages, and pages asked for in another format; answered by who keeps them."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import events, mail_registry
from portal.people import roles, suggesting
from portal.people.models import User
from portal.people.suggesting import NotAllowed
from resources import policies
from resources.models import PageSuggestion, ResourcePage

mail_registry.put("editing", "page_edit_suggested", "page_format_asked")
mail_registry.put("requests", "page_suggestion_answered")


@transaction.atomic
def suggest(
    *, page: ResourcePage, kind: str, text: str, by: User, key: UUID, overrides: int = 0
) -> PageSuggestion:
    """Suggest an edit, once per key. The text has passed the screen; `overrides` were settled."""
    row, made = _store(page=page, kind=kind, text=text, by=by, key=key)
    if made:
        events.record(
            "resources.edit_suggested", actor=by, subject=row, about=kind, overrides=overrides
        )
        suggesting.tell(page.kept_by, "page_edit_suggested", row)
    return row


@transaction.atomic
def ask_format(
    *, page: ResourcePage, wanted: str, text: str, by: User, key: UUID, overrides: int = 0
) -> PageSuggestion:
    """Ask for a page in another format, once per key. The text has passed the screen."""
    kind = PageSuggestion.Kind.FORMAT
    row, made = _store(page=page, kind=kind, text=text, by=by, key=key, wanted=wanted)
    if made:
        events.record(
            "resources.format_asked", actor=by, subject=row, about=wanted, overrides=overrides
        )
        suggesting.tell(page.kept_by, "page_format_asked", row)
    return row


@transaction.atomic
def _store(
    *, page: ResourcePage, kind: str, text: str, by: User, key: UUID, wanted: str = ""
) -> tuple[PageSuggestion, bool]:
    readable = ResourcePage.objects.visible_to(by).filter(pk=page.pk)
    if not roles.is_member(by) or not readable.exists():
        raise NotAllowed
    said = {"page": page, "version": page.version, "kind": kind, "wanted": wanted, "text": text}
    row, made = PageSuggestion.objects.get_or_create(key=key, defaults={**said, "made_by": by})
    if row.made_by_id != by.pk:
        raise NotAllowed
    return row, made


@transaction.atomic
def answer(
    suggestion: PageSuggestion, *, by: User, state: str, text: str = "", overrides: int = 0
) -> PageSuggestion:
    """Take a suggestion up or decline it, once. NotAllowed when that happened meanwhile."""
    row: PageSuggestion = PageSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not row.is_open or not policies.can_answer_suggestion(by, row):
        raise NotAllowed
    events.record(
        "resources.suggestion_answered", actor=by, subject=row, state=state, overrides=overrides
    )
    suggesting.settle(row, "page_suggestion_answered", by=by, state=state, text=text)
    return row


@mail_registry.thing("resources.pagesuggestion")
def may_hear_of(user: User, pk: int) -> bool:
    return PageSuggestion.objects.visible_to(user).filter(pk=pk).exists()


suggesting.keep_short(
    PageSuggestion, "page_suggestions", _("What was written in suggested edits of the library")
)
