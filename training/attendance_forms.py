"""Forms of who leads a session: what it counts for, who came, and what was wrong about that."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.privacy.validators import validate_screened
from portal.core.row_choice import RowChoice, RowsChoice
from portal.people import agencies
from portal.people.models import Center, Discipline, User
from training import intervals, session_credit, topics
from training.intervals import Stretch
from training.models import Attendance, LiveSession, RequirementRule
from training.session_credit import Worth

STRETCHES = 3  # of one person, in the form: more are the import's
REASONS = [
    (value, label)
    for value, label in Attendance.Reason.choices
    if value != Attendance.Reason.MEETING_TIMES
]


class WorthForm(ScreenedForm):
    """What a session counts for. A trainer has no licences to choose, and no approval number."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        choices=topics.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that it really covers: the proof of a center counts them."),
    )
    objectives = ScreenedCharField(
        label=_("Learning objectives"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One in a line. They stand on the certificate."),
    )
    rules: Any = RowsChoice(
        label=_("Requirements it counts for"),
        required=False,
        queryset=RequirementRule.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    approval_number = ScreenedCharField(
        label=_("Approval of the licensing authority"),
        required=False,
        max_length=60,
        help_text=_("Needed where it counts for a licence."),
    )
    threshold = forms.IntegerField(
        label=_("How much of it one has to be there for"),
        min_value=1,
        max_value=100,
        help_text=_("Per cent of its length. Who was there for less gets no credit."),
    )
    pause_minutes = forms.IntegerField(
        label=_("Minutes of pauses"), min_value=0, max_value=300, help_text=_("They do not count.")
    )
    needs_evaluation = forms.BooleanField(
        label=_("Credit waits until the person has evaluated the session"),
        required=False,
        help_text=_("Who evaluated is kept; what they said is kept elsewhere, without a name."),
    )
    funding = forms.ChoiceField(
        label=_("Paid for by"),
        required=False,
        choices=[("", _("Not said yet")), *Funding.choices],
    )

    def __init__(self, *args: Any, user: User, session: LiveSession, **kwargs: Any) -> None:
        said = session_credit.of(session)
        initial = {name: getattr(said, name) for name in Worth.__dataclass_fields__}
        super().__init__(*args, initial=initial, **kwargs)
        self.session = session
        rules = session_credit.rules_for(user)
        fields: dict[str, Any] = self.fields
        fields["rules"].queryset = rules
        if not any(rule.is_licence for rule in rules):
            del fields["approval_number"]

    def clean_pause_minutes(self) -> int:
        pauses: int = self.cleaned_data["pause_minutes"]
        if pauses >= self.session.minutes:
            raise ValidationError(_("Pauses are shorter than the session itself."))
        return pauses

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        licences = [rule for rule in cleaned.get("rules") or () if rule.is_licence]
        if licences and not cleaned.get("approval_number"):
            self.add_error(
                "approval_number" if "approval_number" in self.fields else None,
                _("A licence counts it only with the authority's approval. Type its number."),
            )
        return cleaned

    @property
    def worth(self) -> Worth:
        said = {name: self.cleaned_data.get(name) for name in Worth.__dataclass_fields__}
        said["rules"] = tuple(self.cleaned_data["rules"])
        said["approval_number"] = said["approval_number"] or ""
        return Worth(**said)  # type: ignore[arg-type]


class FundingForm(forms.Form):
    """Who paid for a session that is credit already: all else about it stands."""

    prefix = "paid"  # a form of before it was settled carries no such field
    funding = forms.ChoiceField(
        label=_("Paid for by"), choices=[("", _("Not said yet")), *Funding.choices]
    )


class WalkInForm(forms.Form):
    """Somebody who came without registering, and may not be on a roster yet."""

    first_name = forms.CharField(
        label=_("First name"), max_length=80, validators=[validate_screened]
    )
    last_name = forms.CharField(label=_("Last name"), max_length=80, validators=[validate_screened])
    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("The person is found by it later; nothing is sent to it now."),
    )
    discipline: Any = RowChoice(
        label=_("Discipline"),
        required=False,
        queryset=Discipline.objects.all(),
        empty_label=_("Not known"),
    )
    center: Any = RowChoice(
        label=_("Center"),
        required=False,
        queryset=Center.objects.all(),
        empty_label=_("No center's roster"),
        help_text=_("Its coordinator sees the person on the roster."),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        agencies.validate_work_email(email)
        return email


class CorrectionForm(forms.Form):
    """When somebody was there, in up to three stretches, Eastern time; and why it is corrected."""

    was_there = forms.TypedChoiceField(
        label=_("Was the person there?"),
        choices=[("1", _("Yes, at these times")), ("0", _("No"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Why it is corrected"), choices=REASONS, widget=forms.RadioSelect
    )
    record = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing, self.session = record, record.session
        for number in range(1, STRETCHES + 1):
            for name, label in (("from", _("From")), ("to", _("To"))):
                self.fields[f"{name}_{number}"] = forms.TimeField(
                    label=label,
                    required=False,
                    widget=forms.TimeInput({"type": "time"}, "%H:%M"),
                )
        self.initial = {**_times(record), **self.initial, "record": record.pk}
        self.initial.setdefault("was_there", "1" if record.minutes else "0")

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The pairs of fields, one for each stretch."""
        return [(self[f"from_{n}"], self[f"to_{n}"]) for n in range(1, STRETCHES + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.stretches: list[Stretch] = []
        if cleaned.get("was_there"):
            for number in range(1, STRETCHES + 1):
                self._read(cleaned, number)
            if not self.stretches and not self.errors:
                self.add_error("from_1", _("Say from when to when, or choose No."))
        return cleaned

    def _read(self, cleaned: dict[str, Any], number: int) -> None:
        begin, end = cleaned.get(f"from_{number}"), cleaned.get(f"to_{number}")
        if begin is None and end is None:
            return
        if begin is None or end is None:
            self.add_error(f"{'from' if begin is None else 'to'}_{number}", _("Give both times."))
            return
        day = timezone.localtime(self.session.starts_at).date()
        stretch = Stretch(_moment(day, begin), _moment(day, end))
        if stretch.begin >= stretch.end:
            self.add_error(f"to_{number}", _("It ends before it begins."))
        elif not intervals.within([stretch], self.session.starts_at, self.session.ends_at):
            self.add_error(f"from_{number}", _("These times lie outside the session."))
        else:
            self.stretches.append(stretch)

    @property
    def is_stale(self) -> bool:
        """The record was replaced while the form was open."""
        return self.cleaned_data.get("record") != self.standing.pk


def _moment(day: date, hour: time) -> datetime:
    return from_current_timezone(datetime.combine(day, hour))


def _times(record: Attendance) -> dict[str, Any]:
    stretches: Iterable[Stretch] = intervals.from_json(record.intervals)
    found: dict[str, Any] = {}
    for number, stretch in enumerate(list(stretches)[:STRETCHES], start=1):
        found[f"from_{number}"] = timezone.localtime(stretch.begin).time()
        found[f"to_{number}"] = timezone.localtime(stretch.end).time()
    return found
