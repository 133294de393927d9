"""Asking one's coordinator, and answering."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.people import scope
from portal.people.models import Center, User


class AskForm(ScreenedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    center = forms.ModelChoiceField(
        label=_("Whom do you ask?"),
        queryset=Center.objects.none(),
        required=False,
        empty_label=None,
    )
    subject = ScreenedCharField(
        label=_("Subject"),
        max_length=140,
        help_text=_("A few neutral words"),
        error_messages={"required": _("Enter a subject")},
    )
    body = ScreenedCharField(
        label=_("Your question"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Ask about the process, not about a case. No names, initials or dates."),
        error_messages={"required": _("Enter your question")},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"key": uuid4()})
        centers = scope.own_centers(user)
        self.centers = list(centers)
        self.fields["center"].queryset = centers  # type: ignore[attr-defined]
        if len(self.centers) < 2:
            self.fields["center"].widget = forms.HiddenInput()

    def chosen_center(self) -> Center | None:
        """Return the center asked; a person of one center need not choose, of none asks staff."""
        chosen: Center | None = self.cleaned_data["center"]
        return chosen or (self.centers[0] if self.centers else None)


class AnswerForm(ScreenedForm):
    text = ScreenedCharField(
        label=_("Your answer"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Enter an answer")},
    )
