"""The forms on pages of the library. Every text passes the screen before a view sees it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.people.suggesting import text_field
from resources.models import PageSuggestion

KINDS = [
    choice for choice in PageSuggestion.Kind.choices if choice[0] != PageSuggestion.Kind.FORMAT
]


class SuggestForm(ScreenedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about")},
    )
    text = text_field()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4()})


class FormatForm(ScreenedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    wanted = forms.ChoiceField(
        label=_("Which format do you need?"),
        choices=PageSuggestion.Format.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a format")},
    )
    text = ScreenedCharField(
        label=_("What should we know?"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as which language or letter size. You need not say why."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4()})


class UsefulnessForm(ScreenedForm):
    is_useful = forms.TypedChoiceField(
        label=_("Was this useful?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    text = ScreenedCharField(
        label=_("What would make it better?"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nobody can see who wrote it. Name nobody, yourself included."),
    )
