"""The form that freezes a report: a period that is over, who paid, and a note."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.reports.periods import Period, choices


class FreezeForm(ScreenedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    period = forms.ChoiceField(
        label=_("Period"),
        help_text=_("Only what is over can be submitted"),
        error_messages={"required": _("Choose the period")},
    )
    funding = forms.ChoiceField(
        label=_("Paid by"), choices=[("", _("All")), *Funding.choices], required=False
    )
    note = ScreenedCharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("To whom it was submitted, for example. No names of children or families"),
    )

    def __init__(self, data: Any = None, *, period: str = "") -> None:
        super().__init__(data, initial={"key": uuid4(), "period": period})
        today = timezone.localdate()
        over = [
            (name, [(p.slug, p.name) for p in periods if p.last_day < today])
            for name, periods in choices(today)
        ]
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [(name, periods) for name, periods in over if periods]

    def chosen(self) -> tuple[Period, str]:
        return Period.parse(self.cleaned_data["period"]), self.cleaned_data["funding"]
