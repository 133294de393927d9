"""Forms of highlights: writing one with its checklist, and giving one back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.row_choice import RowChoice
from portal.people.models import Center
from resources.highlights import Content
from resources.keyed_forms import KeyedForm
from resources.models import Highlight
from resources.models.highlight import CHECKS


class HighlightForm(KeyedForm):
    """A draft may leave boxes open; asking for the second person needs them all."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = ScreenedCharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Enter a title")}
    )
    text = ScreenedCharField(
        label=_("What went well"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("What a team or the state does better now, and how it got there"),
        error_messages={"required": _("Say what went well")},
    )
    center = RowChoice(
        label=_("Center"),
        queryset=Center.objects.all(),
        required=False,
        empty_label=_("None: statewide, or not said"),
    )

    def __init__(self, data: Any = None, *, highlight: Highlight | None = None) -> None:
        names = ("key", "version", "title", "text", "center", *CHECKS)
        initial = {name: getattr(highlight, name) for name in names} if highlight else {}
        super().__init__(data, initial=initial)
        self.wants_second_person = bool(data and "submit" in data)
        for name, label in CHECKS.items():
            self.fields[name] = forms.BooleanField(
                label=label,
                required=self.wants_second_person,
                initial=initial.get(name, False),
                error_messages={"required": _("Look for this first, then tick the box")},
            )

    @property
    def boxes(self) -> list[Any]:
        return [self[name] for name in CHECKS]

    def content(self) -> Content:
        said = self.cleaned_data
        checks = {name: said[name] for name in CHECKS}
        return Content(said["title"], said["text"], said["center"], checks)


class SendBackForm(ScreenedForm):
    remark = ScreenedCharField(
        label=_("What should change"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what should change")},
    )


class VersionForm(forms.Form):
    """Which text was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
