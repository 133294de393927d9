"""Forms on the page of a request."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Self, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import follow_ups, links, policies, seats
from assistance.lifecycle import Action
from assistance.models import Ticket, TimeEntry
from assistance.models.choices import TOPICS
from assistance.seats import Candidate
from portal.core.funding import Funding
from portal.core.privacy.file_forms import FileForm
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.row_choice import RowChoice
from portal.people.models import Discipline, User

Found = Mapping[str, Any]  # what the page read already; see `reading.everything`
TEXT: dict[str, Any] = {"max_length": 10_000, "widget": forms.Textarea(attrs={"rows": 6})}


class WorkForm(ScreenedForm):
    """A form that knows the request, who fills it in, and the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User, **files: Any) -> None:
        super().__init__(data, initial={"version": ticket.version, "key": uuid4()}, **files)
        self.user = user

    def again(self, ticket: Ticket) -> None:
        """Show what was typed with the version as it is now, so that sending again is enough."""
        if isinstance(self, FileForm):
            self.say_again()
        self.data = {
            **cast(QueryDict, self.data).dict(),
            self.add_prefix("version"): str(ticket.version),
        }


class ReplyForm(FileForm, WorkForm):
    prefix = "reply"
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = ScreenedCharField(
        label=_("Reply"),
        help_text=_("Both sides see it, and it stays as it is sent."),
        error_messages={"required": _("Enter a reply")},
        **TEXT,
    )
    minutes = forms.IntegerField(
        label=_("Minutes you spent"), min_value=0, max_value=600, required=False
    )
    then = forms.ChoiceField(
        choices=[("", ""), (Action.ASK_BACK, ""), (Action.ANSWER, "")], required=False
    )

    @classmethod
    def typed(cls, data: QueryDict, *, ticket: Ticket, user: User, text: str) -> Self:
        """Return the form as it was typed, unchecked, with another text."""
        form = cls(ticket=ticket, user=user)
        for name in ("key", "version", "minutes"):
            form.initial[name] = data.get(form.add_prefix(name), form.initial.get(name, ""))
        form.initial["text"] = text
        form.data = data
        for _name, field in form._screened():
            field.settled = form._settled(field.name)
        return form

    def clean_then(self) -> Action | None:
        return Action(self.cleaned_data["then"]) if self.cleaned_data["then"] else None


class NoteForm(FileForm, WorkForm):
    prefix = "note"
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = ScreenedCharField(
        label=_("Internal note"),
        help_text=_("Only the manager and the person assigned see it. It mails nobody."),
        error_messages={"required": _("Enter a note")},
        **TEXT,
    )


class AssignForm(WorkForm):
    prefix = "assign"
    to = RowChoice(label=_("Assign to"), queryset=User.objects.none())

    def __init__(
        self, data: Any = None, *, ticket: Ticket, user: User, found: Found | None = None
    ) -> None:
        super().__init__(data, ticket=ticket, user=user)
        among = None if found is None else found["people"]
        _offer(self, seats.candidates(set(ticket.topic_names), among=among))
        self.initial["to"] = ticket.assignee_id


def _offer(form: forms.Form, found: Sequence[Candidate]) -> None:
    """Let choose among those who may be given requests, with what speaks for each."""
    field: Any = form.fields["to"]
    if form.is_bound:
        field.queryset = policies.assignable()
    field.choices = seats.choices(found)


class BulkAssignForm(forms.Form):
    to = RowChoice(label=_("Assign to"), queryset=User.objects.none())
    numbers = forms.ModelMultipleChoiceField(queryset=Ticket.objects.none(), to_field_name="number")

    def __init__(
        self, data: Any = None, *, user: User, among: Iterable[User] | None = None
    ) -> None:
        super().__init__(data)
        _offer(self, seats.candidates(among=among))
        if self.is_bound:
            seen = Ticket.objects.submitted().visible_to(user)
            self.fields["numbers"].queryset = seen  # type: ignore[attr-defined]


class TimeForm(WorkForm):
    prefix = "time"
    key = forms.UUIDField(widget=forms.HiddenInput)
    staff_minutes = forms.IntegerField(
        label=_("Your minutes"),
        min_value=-1440,
        max_value=1440,
        help_text=_("A negative number takes back a mistake, its length and attendees too."),
    )
    mode = forms.ChoiceField(label=_("How"), choices=TimeEntry.Mode.choices)
    activity_minutes = forms.IntegerField(
        label=_("Length of the call, visit or training, in minutes"),
        min_value=0,
        max_value=1440,
        required=False,
    )
    attendees = forms.IntegerField(
        label=_("Attendees"), min_value=0, max_value=5000, required=False
    )
    worked_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    funding = forms.ChoiceField(label=_("Funding"), required=False)

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, ticket=ticket, user=user)
        field: Any = self.fields["funding"]
        unset = [] if ticket.funding else [("", _("Not set"))]
        field.choices = [*unset, *Funding.choices]
        self.initial["funding"] = self.of_request = ticket.funding

    def clean_funding(self) -> str:
        return self.cleaned_data["funding"] or self.of_request

    def clean_staff_minutes(self) -> int:
        minutes: int = self.cleaned_data["staff_minutes"]
        if minutes == 0:
            raise ValidationError(_("Enter the minutes"))
        return minutes

    def entry(self) -> dict[str, Any]:
        """Return the keywords of `hours.log`; what is taken back is taken back of each kind."""
        values = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        values = {k: v if v is not None else 0 for k, v in values.items()}
        if values["staff_minutes"] < 0:
            values["activity_minutes"] *= -1
        return values


class LinkForm(WorkForm):
    prefix = "link"
    key = forms.UUIDField(widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("Address of a page in the portal"),
        max_length=300,
        help_text=_("Copy it from the address bar, for example /resources/library/…"),
    )

    def clean_address(self) -> Any:
        page = links.find_page(self.cleaned_data["address"])
        if page is None:
            raise ValidationError(_("There is no published page at this address"))
        return page


class ClassifyForm(WorkForm):
    prefix = "classify"
    funding = forms.ChoiceField(
        label=_("Funding"),
        choices=[("", _("Not set")), *Funding.choices],
        required=False,
        show_hidden_initial=True,
    )
    follow_up_on = forms.DateField(
        label=_("Follow up on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        show_hidden_initial=True,
        help_text=_("30 to 90 days after the answer; 60 unless you say otherwise"),
    )
    is_on_hold = forms.BooleanField(
        label=_("Legal hold: never archive"), required=False, show_hidden_initial=True
    )

    discipline = forms.ModelChoiceField(
        label=_("Discipline of who asks"),
        queryset=Discipline.objects.all(),
        required=False,
        empty_label=_("Not set"),
        show_hidden_initial=True,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        widget=forms.CheckboxSelectMultiple,
        show_hidden_initial=True,
        error_messages={"required": _("Choose at least one topic")},
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, ticket=ticket, user=user)
        given = ticket.topic_names
        offered = dict(TOPICS)
        self.initial["topics"] = given
        field: Any = self.fields["topics"]
        field.choices = [*TOPICS, *[(name, name) for name in given if name not in offered]]
        for name in ("funding", "follow_up_on", "is_on_hold"):
            self.initial[name] = getattr(ticket, name)
        if ticket.discipline_id:  # asked only where it is missing
            del self.fields["discipline"]
        self.answered_at = ticket.answered_at

    def clean_follow_up_on(self) -> date | None:
        day: date | None = self.cleaned_data["follow_up_on"]
        is_new = day is not None and "follow_up_on" in self.changed_data
        if day is not None and is_new and not follow_ups.is_in_window(day, self.answered_at):
            raise ValidationError(_("Enter a day 30 to 90 days after the answer"))
        return day


class ActionForm(WorkForm):
    """Withdraw, decline, duplicate, reopen: what the table's guards ask for."""

    prefix = "action"
    reason = ScreenedCharField(label=_("Reason"), max_length=500, required=False)
    duplicate_of = forms.CharField(
        label=_("Number of the request it duplicates"), max_length=16, required=False
    )

    def clean_duplicate_of(self) -> Ticket | None:
        number = self.cleaned_data["duplicate_of"].strip().upper()
        seen = Ticket.objects.submitted().visible_to(self.user)
        target = seen.filter(number=number).first() if number else None
        if number and target is None:
            raise ValidationError(_("There is no request with this number"))
        return target
