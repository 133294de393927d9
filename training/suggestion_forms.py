"""The forms of suggested edits. Every text passes the screen before a view sees it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
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
    text = ScreenedCharField(
        label=_("Your suggestion"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "About the text alone: which words, and what they should say. No case, no names, "
            "initials or dates."
        ),
        error_messages={"required": _("Enter your suggestion")},
    )

    def __init__(self, data: Any = None, *, path: Path, number: str = "") -> None:
        """`number` is the place of the lesson that the reader comes from, as it was asked for."""
        chosen = next((s.lesson.id for s in path.steps if str(s.number) == number), "")
        super().__init__(data, initial={"key": uuid4(), "lesson": chosen})
        lessons = [(s.lesson.id, f"{s.number}. {s.lesson.title}") for s in path.steps]
        self.fields["lesson"].choices = [("", _("The whole module")), *lessons]  # type: ignore[attr-defined]


class AnswerForm(ScreenedForm):
    state = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (EditSuggestion.State.DONE, _("It is taken up")),
            (EditSuggestion.State.DECLINED, _("It is not taken up")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it")},
    )
    text = ScreenedCharField(
        label=_("A word to whoever suggested it"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
