"""Forms on the page of a request."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import links, policies
from assistance.forms.names import colleagues
from assistance.lifecycle import Action
from assistance.models import Ticket, TimeEntry
from assistance.models.choices import Funding
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.people.models import User

TEXT: dict[str, Any] = {"max_length": 10_000, "widget": forms.Textarea(attrs={"rows": 6})}


class WorkForm(ScreenedForm):
    """A form that knows the request, who fills it in, and the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, initial={"version": ticket.version, "key": uuid4()})
        self.user = user
        if data is not None:
            names = colleagues(user)
            for _name, field in self._screened():
                field.allow = names

    def again(self, ticket: Ticket) -> None:
        """Show what was typed with the version as it is now, so that sending again is enough."""
        self.data = {
            **cast(QueryDict, self.data).dict(),
            self.add_prefix("version"): str(ticket.version),
        }


class ReplyForm(WorkForm):
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

    def clean_then(self) -> Action | None:
        return Action(self.cleaned_data["then"]) if self.cleaned_data["then"] else None


class NoteForm(WorkForm):
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
    to = forms.ModelChoiceField(label=_("Assign to"), queryset=User.objects.none())

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, ticket=ticket, user=user)
        self.fields["to"].queryset = policies.assignable()  # type: ignore[attr-defined]
        self.initial["to"] = ticket.assignee_id


class BulkAssignForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Assign to"), queryset=User.objects.none())
    numbers = forms.ModelMultipleChoiceField(queryset=Ticket.objects.none(), to_field_name="number")

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.fields["to"].queryset = policies.assignable()  # type: ignore[attr-defined]
        seen = Ticket.objects.submitted().visible_to(user)
        self.fields["numbers"].queryset = seen  # type: ignore[attr-defined]


class TimeForm(WorkForm):
    prefix = "time"
    staff_minutes = forms.IntegerField(
        label=_("Your minutes"),
        min_value=-1440,
        max_value=1440,
        help_text=_("A negative number takes back a mistake."),
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

    def clean_staff_minutes(self) -> int:
        minutes: int = self.cleaned_data["staff_minutes"]
        if minutes == 0:
            raise ValidationError(_("Enter the minutes"))
        return minutes

    def entry(self) -> dict[str, Any]:
        """Return the keywords of `hours.log`."""
        values = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        return {k: v if v is not None else 0 for k, v in values.items()}


class LinkForm(WorkForm):
    prefix = "link"
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
    )
    is_on_hold = forms.BooleanField(
        label=_("Legal hold: never archive"), required=False, show_hidden_initial=True
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, ticket=ticket, user=user)
        for name in ("funding", "follow_up_on", "is_on_hold"):
            self.initial[name] = getattr(ticket, name)


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
