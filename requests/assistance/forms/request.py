"""Writing a request: lenient for a draft, complete for sending."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import policies
from assistance.drafts import Asked
from assistance.forms.names import colleagues
from assistance.models import Ticket
from assistance.models.choices import TOPICS, AgeBand, RequestType, Setting, Stage, Urgency
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.row_choice import RowsChoice
from portal.people import roles
from portal.people.models import Center, Discipline, User

# What a request must have to be sent, with what to do when it is missing.
NEEDED = {
    "type": _("Choose what kind of help you need"),
    "topics": _("Choose at least one topic"),
    "subject": _("Enter a subject"),
    "question": _("Enter your question"),
    "center": _("Choose the center you ask for"),
    "urgency": _("Choose how soon you need a first answer"),
    "wanted_by": _("Enter the day you need it by"),
}


def _optional(choices: Any) -> list[Any]:
    return [("", _("Rather not say, or does not apply")), *choices]


class RequestForm(ScreenedForm):
    """A draft or a request. What is needed must be there to send it, not to save it."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    type = forms.ChoiceField(
        label=_("What kind of help do you need?"),
        choices=RequestType.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=TOPICS, widget=forms.CheckboxSelectMultiple, required=False
    )
    subject = ScreenedCharField(
        label=_("Subject"),
        max_length=140,
        help_text=_("A few neutral words, for example “Agenda that fits 45 minutes”"),
    )
    question = ScreenedCharField(
        label=_("Your question"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Ask about the process, not about a case. No names, initials or dates."),
    )
    setting = forms.ChoiceField(
        label=_("Where does this come up?"), choices=_optional(Setting.choices), required=False
    )
    age_band = forms.ChoiceField(
        label=_("Whom does it concern, broadly?"),
        choices=_optional(AgeBand.choices),
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("At what stage?"), choices=_optional(Stage.choices), required=False
    )
    involved = RowsChoice(
        label=_("Which disciplines are involved?"),
        queryset=Discipline.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    center = forms.ModelChoiceField(
        label=_("Center"), queryset=Center.objects.none(), required=False
    )
    urgency = forms.ChoiceField(
        label=_("How soon do you need a first answer?"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "Today: within 4 business hours. This week: within 1 business day. "
            "Routine: within 2 business days."
        ),
    )
    wanted_by = forms.DateField(
        label=_("When do you need it done?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, data: Any = None, *, user: User, draft: Ticket | None = None) -> None:
        super().__init__(data, initial=_initial(draft))
        self.is_sending = bool(data) and "send" in data
        for name, words in NEEDED.items():
            self.fields[name].error_messages["required"] = words
            self.fields[name].required = True
        center = self.fields["center"]
        center.queryset = policies.centers_for(user)  # type: ignore[attr-defined]
        if draft is None and not roles.is_manager(user) and not roles.is_specialist(user):
            self.initial["center"] = center.queryset.first()  # type: ignore[attr-defined]
        if data is not None:
            names = colleagues(user)
            for name in ("subject", "question"):
                self.fields[name].allow = names  # type: ignore[attr-defined]

    def clean_wanted_by(self) -> date | None:
        wanted: date | None = self.cleaned_data["wanted_by"]
        if self.is_sending and wanted and wanted < timezone.localdate():
            raise ValidationError(_("Enter a day that is not past"))
        return wanted

    def full_clean(self) -> None:
        """Ask for nothing while a draft is saved; the page shows what sending will ask for."""
        for name in NEEDED:
            self.fields[name].required = self.is_sending
        super().full_clean()
        for name in NEEDED:
            self.fields[name].required = True

    def asked(self) -> Asked:
        """Return what the form says, once it is valid."""
        values = {k: v for k, v in self.cleaned_data.items() if k != "key"}
        return Asked(**{**values, "involved": list(values["involved"])})


def _initial(draft: Ticket | None) -> dict[str, Any]:
    if draft is None:
        return {"key": uuid4(), "urgency": Urgency.ROUTINE}
    names = ("subject", "question", "type", "center", "wanted_by")
    guided = ("setting", "age_band", "stage")
    return {
        "key": draft.uuid,
        "topics": list(draft.topics.names()),
        "involved": list(draft.involved.all()),
        **{name: getattr(draft, name) for name in (*names, *guided)},
        "urgency": draft.urgency or Urgency.ROUTINE,
    }
