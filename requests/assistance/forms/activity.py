"""Forms of activity records: what was done, where the goal stands, which records to list."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assistance.activities import Content, Step
from assistance.models import ActivityRecord, GoalStatus, NextStep, Ticket
from assistance.models.activity import ActivityQuerySet
from assistance.models.choices import TOPICS, RequestType
from portal.core.funding import Funding
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.redaction import showing
from portal.core.row_choice import RowChoice, RowsChoice
from portal.people.models import Center, Discipline

STEPS = 4
DAY = {"type": "date"}
ANY = ("", _("Any"))
IS_TRAINING = {RequestType.TRAINING: ActivityRecord.Type.TRAINING}


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more
    )


class RecordForm(ScreenedForm):
    """A record, new or again. Of a request it begins with what the request says."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    center = RowChoice(label=_("Center"), queryset=Center.objects.all())
    type = forms.ChoiceField(
        label=_("Type"), choices=ActivityRecord.Type.choices, widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label=_("How"), choices=ActivityRecord.Method.choices, widget=forms.RadioSelect
    )
    happened_on = _day(_("Day"), error_messages={"required": _("Enter the day")})
    minutes = forms.IntegerField(
        label=_("How long it lasted, in minutes"),
        min_value=0,
        max_value=1440,
        help_text=_("The length of the activity, not your own time"),
    )
    attendees = forms.IntegerField(label=_("How many took part"), min_value=1, max_value=5000)
    participants = RowsChoice(
        label=_("Professions that took part"),
        queryset=Discipline.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Professions, never names"),
        error_messages={"required": _("Choose at least one profession")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic")},
    )
    goal = ScreenedCharField(
        label=_("Goal"),
        max_length=300,
        required=False,
        help_text=_("One sentence: what should be different afterwards?"),
    )
    working_notes = ScreenedCharField(
        label=_("Working notes"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For the staff alone. They are wiped when the record is approved."),
    )
    funding = forms.ChoiceField(
        label=_("Funding"), choices=[("", _("Not set")), *Funding.choices], required=False
    )
    staff_minutes = forms.IntegerField(
        label=_("Your own time, in minutes"),
        min_value=0,
        max_value=1440,
        required=False,
        help_text=_(
            "Preparing, travel and the activity itself. Logged in the same step, with the length "
            "and the number of people. Leave it empty when the time is logged already."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        ticket: Ticket | None = None,
        record: ActivityRecord | None = None,
        is_new: bool = True,
    ) -> None:
        super().__init__(data, initial={"key": uuid4(), **_initial(ticket, record)})
        if not is_new and record is not None:
            self.initial.update(key=record.key, version=record.version)
        if ticket is not None or record is not None:
            del self.fields["center"]
        self._offer_topics(ticket, record)
        self._add_steps(record)
        if data is not None:
            for name, field in self._screened():
                field.name = self.add_prefix(name)
                field.settled = self._settled(field.name)

    def _offer_topics(self, ticket: Ticket | None, record: ActivityRecord | None) -> None:
        given = [*_names(record.topics if record else None), *_names(ticket and ticket.topics)]
        offered = dict(TOPICS)
        extra = [(name, name) for name in dict.fromkeys(given) if name not in offered]
        field: Any = self.fields["topics"]
        field.choices = [*TOPICS, *extra]

    def _add_steps(self, record: ActivityRecord | None) -> None:
        have = list(record.steps.order_by("pk")) if record else []
        for number in range(1, max(STEPS, len(have) + 1) + 1):
            step = have[number - 1] if number <= len(have) else None
            self.fields[f"step{number}_what"] = ScreenedCharField(
                label=_("What"),
                max_length=200,
                required=False,
                initial=step and showing.without_hidden(step, "what"),
            )
            self.fields[f"step{number}_side"] = forms.ChoiceField(
                label=_("Who"),
                choices=NextStep.Side.choices,
                required=False,
                initial=step and step.side,
            )
            self.fields[f"step{number}_due_on"] = _day(
                _("By when"), required=False, initial=step and step.due_on
            )

    def step_numbers(self) -> Iterator[int]:
        number = 1
        while f"step{number}_what" in self.fields:
            yield number
            number += 1

    def step_rows(self) -> list[tuple[int, list[Any]]]:
        """Return each step's number with its bound fields, for the page."""
        parts = ("what", "side", "due_on")
        return [(n, [self[f"step{n}_{part}"] for part in parts]) for n in self.step_numbers()]

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Enter a day that has come; a record says what was done"))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_written = values.get("method") == ActivityRecord.Method.WRITING
        if values.get("minutes") == 0 and not is_written:
            self.add_error("minutes", _("Enter how long it lasted"))
        for number in self.step_numbers():
            what, due_on = values.get(f"step{number}_what"), values.get(f"step{number}_due_on")
            if what and not due_on and f"step{number}_due_on" not in self.errors:
                self.add_error(f"step{number}_due_on", _("Enter by when"))
            if due_on and not what and f"step{number}_what" not in self.errors:
                self.add_error(f"step{number}_what", _("Enter what is to be done"))
        return values

    def content(self) -> Content:
        values = self.cleaned_data
        names = ("type", "method", "happened_on", "minutes", "attendees", "topics")
        texts = ("goal", "working_notes", "funding")
        return Content(
            **{name: values[name] for name in (*names, *texts)},
            participants=list(values["participants"]),
            steps=[self._step(n) for n in self.step_numbers() if values[f"step{n}_what"]],
        )

    def _step(self, number: int) -> Step:
        values = self.cleaned_data
        side = values[f"step{number}_side"] or NextStep.Side.STAFF
        return Step(values[f"step{number}_what"], side, values[f"step{number}_due_on"])

    def again(self, version: int) -> None:
        """Show what was typed with the version as it is now."""
        self.data = cast(QueryDict, self.data).copy()
        self.data["version"] = str(version)


def _names(topics: Any) -> list[str]:
    return [tag.name for tag in topics.all()] if topics else []


def _initial(ticket: Ticket | None, record: ActivityRecord | None) -> dict[str, Any]:
    if record is not None:
        names = ("type", "method", "happened_on", "minutes", "attendees", "funding")
        return {
            **{name: getattr(record, name) for name in names},
            **{name: showing.without_hidden(record, name) for name in ("goal", "working_notes")},
            "topics": _names(record.topics),
            "participants": list(record.participants.all()),
        }
    if ticket is None:
        return {"type": ActivityRecord.Type.ASSISTANCE, "happened_on": timezone.localdate()}
    kind = IS_TRAINING.get(RequestType(ticket.type), ActivityRecord.Type.ASSISTANCE)
    return {
        "type": kind,
        "happened_on": timezone.localdate(),
        "topics": _names(ticket.topics),
        "participants": list(ticket.involved.all()),
        "funding": ticket.funding,
    }


class ApproveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class GoalForm(ScreenedForm):
    """A new status of the goal, said once per key."""

    prefix = "goal"
    key = forms.UUIDField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Status of the goal"), choices=GoalStatus.choices)
    reason = ScreenedCharField(
        label=_("Why"), max_length=300, required=False, help_text=_("Needed to drop it")
    )

    def __init__(self, data: Any = None, *, status: str = "") -> None:
        super().__init__(data, initial={"key": uuid4(), "status": status})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_dropped = values.get("status") == GoalStatus.DROPPED
        if is_dropped and not values.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why it is dropped"))
        return values


class RecordFilter(forms.Form):
    """The filters of the list, kept in the address; one that makes no sense narrows nothing."""

    center = forms.ModelChoiceField(
        label=_("Center"),
        queryset=Center.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=_("Any"),
    )
    type = forms.ChoiceField(
        label=_("Type"), choices=[ANY, *ActivityRecord.Type.choices], required=False
    )
    method = forms.ChoiceField(
        label=_("How"), choices=[ANY, *ActivityRecord.Method.choices], required=False
    )
    month = forms.ChoiceField(label=_("Month"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[ANY, ("open", _("To approve")), ("approved", _("Approved"))],
        required=False,
    )

    def __init__(self, data: Any, *, rows: ActivityQuerySet) -> None:
        super().__init__(data)
        self.rows = rows
        months = rows.order_by().dates("happened_on", "month", order="DESC")
        field: Any = self.fields["month"]
        field.choices = [
            ANY,
            *[(f"{m:%Y-%m}", date_format(m, "F Y")) for m in months],
        ]

    def narrowed(self) -> ActivityQuerySet:
        self.is_valid()
        rows, chosen = self.rows, {k: v for k, v in self.cleaned_data.items() if v}
        if month := chosen.pop("month", None):
            year, number = month.split("-")
            rows = rows.filter(happened_on__year=int(year), happened_on__month=int(number))
        if status := chosen.pop("status", None):
            rows = rows.filter(approved_at__isnull=status == "open")
        return rows.filter(**chosen)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
