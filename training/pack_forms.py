"""Asking for a pack: the center, and the days by hand or by a link."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.row_choice import RowChoice
from portal.people import scope
from portal.people.models import Center, User
from training.requirements import plus_months

FIRST_YEAR = 2000
JULY, OCTOBER = 7, 10  # where the fiscal years of Massachusetts and of the federation begin


@dataclass(frozen=True, slots=True)
class Choice:
    """A range to choose by a link; both days are included."""

    label: str
    since: date
    until: date


def quick_choices(today: date) -> list[Choice]:
    """Return the ranges that are asked for most; what is under way ends today."""
    yesterday = timedelta(days=1)
    federal, state = _year_from(OCTOBER, today), _year_from(JULY, today)
    year = date(today.year, 1, 1)
    last = [
        (_("Last 12 months"), plus_months(today, -12) + yesterday),
        (_("Last 24 months"), plus_months(today, -24) + yesterday),
        (_("Last five years"), plus_months(today, -60) + yesterday),
        (_("Federal fiscal year so far"), federal),
        (_("Massachusetts fiscal year so far"), state),
        (_("Calendar year so far"), year),
    ]
    whole = [
        (_("Federal fiscal year before"), federal),
        (_("Massachusetts fiscal year before"), state),
        (_("Calendar year before"), year),
    ]
    return [Choice(label, since, today) for label, since in last] + [
        Choice(label, plus_months(after, -12), after - timedelta(days=1)) for label, after in whole
    ]


def _year_from(month: int, today: date) -> date:
    return date(today.year - (today.month < month), month, 1)


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class PackForm(forms.Form):
    center = RowChoice(label=gettext_lazy("Center"), queryset=Center.objects.none())
    since = forms.DateField(label=gettext_lazy("First day"), widget=_day())
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=_day(),
        help_text=gettext_lazy("Today at the latest. Both days are included."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centers = scope.centers(by)
        self.fields["center"].queryset = centers  # type: ignore[attr-defined]
        own = list(centers[:2])
        if len(own) == 1:
            self.initial.setdefault("center", own[0].pk)

    def clean_since(self) -> date:
        return self._likely("since")

    def clean_until(self) -> date:
        day = self._likely("until")
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def _likely(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if not FIRST_YEAR <= day.year <= timezone.localdate().year + 1:
            raise forms.ValidationError(_("This year cannot be right. Please check it."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("since"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day stands before the first."))
        return data


def initial_of(data: Any) -> dict[str, Any]:
    """Return what a link chose for the form; what is no day or no number chooses nothing."""
    today = timezone.localdate()
    found: dict[str, Any] = {"since": plus_months(today, -12) + timedelta(days=1), "until": today}
    for name in ("since", "until"):
        try:
            found[name] = date.fromisoformat(data.get(name, ""))
        except ValueError:
            continue
    if data.get("center", "").isascii() and data.get("center", "").isdigit():
        found["center"] = data["center"]
    return found
