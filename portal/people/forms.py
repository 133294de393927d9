"""Forms of joining and of the roster."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.validators import validate_screened
from portal.people import policies, scope
from portal.people.agencies import validate_work_email
from portal.people.models import (
    Center,
    CoordinatorAssignment,
    Discipline,
    JoinRequest,
    Role,
    User,
)
from portal.people.models.person import UserQuerySet
from portal.people.models.role import GRANTED


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class AttestForm(forms.Form):
    """The yearly attestation; its two sentences stand in people/_attestation.html."""

    attests = forms.BooleanField(label=_("Both are true for me"))


class JoinForm(SetPasswordForm):  # type: ignore[type-arg]
    """The password of a new account, typed twice; the rest is known from the invitation."""

    attests = forms.BooleanField(label=_("Both are true for me"))


class InviteForm(forms.Form):
    """A coordinator invites a person to the team of one of the own centers; the manager to any."""

    email = forms.EmailField(label=_("Work e-mail"), validators=[validate_work_email])
    first_name = forms.CharField(
        validators=[validate_screened], label=_("First name"), max_length=80
    )
    last_name = forms.CharField(validators=[validate_screened], label=_("Last name"), max_length=80)
    discipline = forms.ModelChoiceField(label=_("Discipline"), queryset=Discipline.objects.all())
    center = forms.ModelChoiceField(label=_("Center"), queryset=Center.objects.none())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = scope.centers(by)
        self.fields["center"].queryset = own  # type: ignore[attr-defined]
        if len(own) == 1:
            self.initial.setdefault("center", own[0].pk)


class RosterFilterForm(forms.Form):
    """Which part of the roster to show; what is not understood filters nothing."""

    center = forms.ModelChoiceField(
        label=_("Center"), queryset=Center.objects.none(), required=False, empty_label=_("All")
    )
    discipline = forms.ModelChoiceField(
        label=_("Discipline"),
        queryset=Discipline.objects.all(),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = scope.centers(by)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the filters that were understood, as arguments of `training.team.roster`."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) for name in ("center", "discipline")}


class JoinRequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody asks to join a center's team."""

    class Meta:
        model = JoinRequest
        fields = ("first_name", "last_name", "email", "agency", "title", "discipline", "center")
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "email": _("Work e-mail"),
            "agency": _("Agency"),
            "title": _("Your role there"),
            "discipline": _("Discipline"),
            "center": _("Center whose team you work with"),
        }
        help_texts = {"email": _("The address that your agency gave you. We send a link to it.")}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        validate_work_email(email)
        return email.lower()


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the roster says of a person."""

    class Meta:
        model = User
        fields = ("first_name", "last_name", "title", "agency", "discipline")
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "title": _("Role at the agency"),
            "agency": _("Agency"),
            "discipline": _("Discipline"),
        }


class OwnDetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person says of themselves."""

    class Meta:
        model = User
        fields = ("chosen_name", "title", "agency")
        labels = {
            "chosen_name": _("Chosen name"),
            "title": _("Role at the agency"),
            "agency": _("Agency"),
        }
        help_texts = {
            "chosen_name": _("Stands on certificates and lists in place of the roster's name.")
        }


class LeaveForm(forms.Form):
    """Whose work is handed over to whom."""

    taker = forms.ModelChoiceField(
        label=_("Hand open work over to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody: there is none, or I will see to it"),
    )

    def __init__(self, *args: Any, by: User, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = UserQuerySet(User).visible_to(by).joined().exclude(pk=person.pk)
        self.fields["taker"].queryset = seen  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """A role or duty from a day to a day."""

    role = forms.ChoiceField(label=_("Role"))
    starts_on = forms.DateField(label=_("First day"), required=False, widget=_day())
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=_day())

    def __init__(self, *args: Any, by: User, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(r.value, r.label) for r in GRANTED]
        allowed = [c for c in choices if policies.can_give_role(by, person, c[0])]
        self.fields["role"].choices = allowed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") == Role.DEPUTY and not data.get("ends_on"):
            self.add_error("ends_on", _("A deputy stands in until a day: say which."))
        first, last = data.get("starts_on") or timezone.localdate(), data.get("ends_on")
        if last and last < first:
            self.add_error("ends_on", _("The last day stands before the first."))
        return data


class CenterForm(forms.Form):
    """One center out of some."""

    center = forms.ModelChoiceField(
        label=_("Center"), queryset=Center.objects.none(), to_field_name="slug"
    )

    def __init__(self, *args: Any, among: QuerySet[Center], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = among  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """A person coordinates a center."""

    center = forms.ModelChoiceField(label=_("Center"), queryset=Center.objects.all())
    kind = forms.ChoiceField(label=_("As"), choices=CoordinatorAssignment.Kind.choices)
    label = forms.CharField(
        label=_("Title of the post"),
        max_length=60,
        initial="Coordinator",
        validators=[validate_screened],
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=_day(),
        help_text=_("For a stand-in during an absence; leave empty otherwise."),
    )

    def clean_ends_on(self) -> date | None:
        last: date | None = self.cleaned_data["ends_on"]
        if last and last < timezone.localdate():
            raise forms.ValidationError(_("This day is past."))
        return last


class MergeForm(forms.Form):
    """The other account of the same person, which is closed; the one on the page goes on."""

    email = forms.EmailField(label=_("E-mail of the account that is closed"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        self.alias = User.objects.filter(email=email).first()
        if self.alias is None:
            raise forms.ValidationError(_("No account has this address."))
        return email


class HoldForm(forms.Form):
    """A legal hold on everything, or on one person."""

    email = forms.EmailField(
        label=_("E-mail of the person"),
        required=False,
        help_text=_("Leave empty to hold everything in the portal."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        validators=[validate_screened],
        help_text=_("For example counsel's own short name of the matter. No names, no numbers."),
    )

    def clean_email(self) -> User | None:
        email = self.cleaned_data["email"].lower()
        if not email:
            return None
        person = User.objects.filter(email=email).first()
        if person is None:
            raise forms.ValidationError(_("No account has this address."))
        return person
