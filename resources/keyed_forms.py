"""A screened form that carries a key, so that sending it twice keeps one."""

from typing import Any
from uuid import uuid4

from django import forms

from portal.core.privacy.forms import ScreenedForm


class KeyedForm(ScreenedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"key": uuid4(), **(initial or {})})


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)
