"""Forms of reports: a template with its texts, a range of days, and the mail of a link."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.funding import Funding
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.row_choice import RowChoice
from portal.people.models import Center, County
from portal.reports import texts
from portal.reports.layouts import CENTER, COUNTY, Layout, Text
from portal.reports.models import ReportSchedule, ReportText
from portal.reports.periods import Period
from portal.reports.runs import Wish

FIRST_YEAR = 2000
LONGEST = 4_000  # characters of a text block
FUNDINGS = [("", gettext_lazy("All")), *Funding.choices]
PREFIX = "text_"


class TemplateForm(ScreenedForm):
    """Which period, place and money, and the text blocks as they stand."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    period = forms.ChoiceField(
        label=gettext_lazy("Period"),
        help_text=gettext_lazy("Only periods that are over."),
        error_messages={"required": gettext_lazy("Choose a period")},
    )
    county = RowChoice(
        label=gettext_lazy("County"),
        queryset=County.objects.all(),
        empty_label=gettext_lazy("Choose one"),
        error_messages={"required": gettext_lazy("Choose a county")},
    )
    center = RowChoice(
        label=gettext_lazy("Center"),
        queryset=Center.objects.all(),
        empty_label=gettext_lazy("Choose one"),
        error_messages={"required": gettext_lazy("Choose a center")},
    )
    funding = forms.ChoiceField(
        label=gettext_lazy("Paid by"),
        choices=FUNDINGS,
        required=False,
        help_text=gettext_lazy("With one chosen, measures that do not know who paid are left out."),
    )

    def __init__(self, data: Any = None, *, layout: Layout) -> None:
        self.layout = layout
        super().__init__(data, initial={"key": uuid4(), "funding": layout.funding})
        for place in (COUNTY, CENTER):
            if layout.place != place:
                del self.fields[place]
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (basis, [(period.slug, period.name) for period in periods])
            for basis, periods in layout.periods(timezone.localdate())
        ]
        self._add_texts()

    def _add_texts(self) -> None:
        written, words = texts.latest(self.layout), texts.of(self.layout)
        for block in self.layout.texts:
            row = written.get(block.key)
            field = ScreenedCharField(
                label=block.heading,
                required=False,
                max_length=LONGEST,
                initial=words[block.key],
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_help(block, row),
            )
            self.fields[PREFIX + block.key] = field
            field.name = self.add_prefix(PREFIX + block.key)
            field.settled = self._settled(field.name)

    @property
    def blocks(self) -> list[Any]:
        return [self[PREFIX + block.key] for block in self.layout.texts]

    @property
    def words(self) -> dict[str, str]:
        """Return what was typed, by block."""
        return {b.key: self.cleaned_data[PREFIX + b.key] for b in self.layout.texts}

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish.of_period(
            self.layout.key,
            Period.parse(said["period"]),
            funding=said["funding"],
            county=said.get("county"),
            center=said.get("center"),
        )


class TextsForm(TemplateForm):
    """The text blocks alone: whoever keeps them need not choose a period."""

    def __init__(self, data: Any = None, *, layout: Layout) -> None:
        super().__init__(data, layout=layout)
        for name in ("period", "county", "center"):
            if name in self.fields:
                self.fields[name].required = False


def _help(block: Text, row: ReportText | None) -> str:
    """Say what a block is for where we have no words of our own, and who wrote what stands."""
    said = [_("%(hint)s. Left empty, it is left out.") % {"hint": block.hint}] if block.hint else []
    if row is not None and row.text:
        day = date_format(timezone.localtime(row.written_at))
        said.append(
            _("Last changed by %(name)s on %(day)s.") % {"name": row.written_by.name, "day": day}
        )
        if not block.hint:
            said.append(_("Emptied, the template's own words come back."))
    return " ".join(said)


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class RangeForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=_day())
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=_day(),
        help_text=gettext_lazy("Today at the latest. Both days are included."),
    )
    funding = forms.ChoiceField(label=gettext_lazy("Paid by"), choices=FUNDINGS, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4()})

    def clean_first_day(self) -> date:
        return self._likely("first_day")

    def clean_last_day(self) -> date:
        return self._likely("last_day")

    def _likely(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(_("This year cannot be right. Please check it."))
        return day

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first one."))
        return said

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish.of_range(said["first_day"], said["last_day"], said["funding"])


class MailForm(forms.Form):
    every = forms.ChoiceField(label=gettext_lazy("Mail me the link"), required=False)

    def __init__(self, data: Any = None, *, layout: Layout, chosen: str = "") -> None:
        super().__init__(data, initial={"every": chosen}, prefix="mail")
        ways = [
            (value, label)
            for value, label in ReportSchedule.Every.choices
            if layout.has_quarters or value == ReportSchedule.Every.YEAR
        ]
        self.fields["every"].choices = [("", _("Never")), *ways]  # type: ignore[attr-defined]
