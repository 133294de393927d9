"""The forms of suggested edits. Every text passes the screen before a view sees it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.forms import ScreenedForm
from portal.people.suggesting import text_field
from training.models import EditSuggestion
from training.paths import Path


class SuggestForm(ScreenedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    lesson = forms.ChoiceField(label=_("Which part?"), required=False)
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=EditSuggestion.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about")},
    )
    text = text_field()

    def __init__(self, data: Any = None, *, path: Path, number: str = "") -> None:
        """`number` is the place of the lesson that the reader comes from, as it was asked for."""
        chosen = next((s.lesson.id for s in path.steps if str(s.number) == number), "")
        super().__init__(data, initial={"key": uuid4(), "lesson": chosen})
        lessons = [(s.lesson.id, f"{s.number}. {s.lesson.title}") for s in path.steps]
        self.fields["lesson"].choices = [("", _("The whole module")), *lessons]  # type: ignore[attr-defined]
