"""Writing a request: lenient for a draft, complete for sending."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assistance import drafts, lead_times, policies
from assistance.drafts import Asked
from assistance.models import Closure, Ticket, TypeNote
from assistance.models.choices import (
    TOPICS,
    AgeBand,
    RequestType,
    Setting,
    Stage,
    Urgency,
    topic_label,
)
from portal.core import gathering
from portal.core.gathering import Rows
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.redaction import showing
from portal.core.row_choice import KnownRowChoice, RowsChoice
from portal.people import roles
from portal.people.models import Center, Discipline, User
from portal.people.models.dated import as_of

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


ANYWAY = "anyway"


@gathering.prepared
def _read(user_id: int, held: tuple[str, ...], centers: list[int], today: date) -> dict[str, Rows]:
    """Read in one query what the form offers."""
    user = roles.holder(user_id, held, centers)
    with as_of(today):
        return {
            "notes": Rows(TypeNote.objects.all()),
            "closures": Rows(Closure.objects.all()),
            "centers": Rows(policies.centers_for(user), only=("name", "slug")),
        }


def _usually(note: TypeNote) -> str:
    words = ngettext(
        "usually needs %(n)d business day", "usually needs %(n)d business days", note.lead_days
    )
    return words % {"n": note.lead_days}


def _with_lead_times(notes: Mapping[str, TypeNote]) -> list[tuple[str, Any]]:
    """Return the types as choices, each with how long it usually needs."""
    return [
        (name, _with_lead(words, notes[name]) if name in notes else words)
        for name, words in RequestType.choices
    ]


def _with_lead(words: Any, note: TypeNote) -> str:
    said = [_usually(note)] if note.lead_days else []
    beside = ". ".join([*said, *filter(None, [note.note])])
    return format_html('<span>{} <small class="muted">{}</small></span>', words, beside)


def _too_soon(note: TypeNote, earliest: date) -> str:
    words = {
        "type": note.get_type_display(),
        "usually": _usually(note),
        "day": date_format(earliest, "DATE_FORMAT"),
    }
    return (
        gettext("“%(type)s” %(usually)s, so by %(day)s. Choose a later day, or send it anyway.")
        % words
    )


def _optional(choices: Any) -> list[Any]:
    return [("", _("Rather not say, or does not apply")), *choices]


class RequestForm(ScreenedForm):
    """A draft or a request. What is needed must be there to send it, not to save it."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
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
    center = KnownRowChoice(label=_("Center"), queryset=Center.objects.none(), required=False)
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
        self.is_sent_anyway = bool(data) and data.get("send") == ANYWAY
        self.is_too_soon = False
        found = _read(*roles.plain(user), timezone.localdate())
        self.lead_times = lead_times.that_say_something(found["notes"])
        self.closed = frozenset(closure.day for closure in found["closures"])
        field: Any = self.fields["type"]
        field.choices = _with_lead_times(self.lead_times)
        for name, words in NEEDED.items():
            self.fields[name].error_messages["required"] = words
            self.fields[name].required = True
        center: Any = self.fields["center"]
        center.offer(found["centers"])
        is_of_one_center = not roles.is_manager(user) and not roles.is_specialist(user)
        if draft is None and is_of_one_center:
            self.initial["center"] = next(iter(found["centers"]), None)

    def clean_wanted_by(self) -> date | None:
        wanted: date | None = self.cleaned_data["wanted_by"]
        if self.is_sending and wanted and wanted < timezone.localdate():
            raise ValidationError(_("Enter a day that is not past"))
        return wanted

    def clean(self) -> dict[str, Any]:
        """Warn once of a day that is sooner than the type usually needs; it can be sent anyway."""
        values = super().clean() or self.cleaned_data
        note, wanted = self.lead_times.get(values.get("type", "")), values.get("wanted_by")
        if note is None or wanted is None or not self.is_sending or self.is_sent_anyway:
            return values
        if not self.errors and wanted < (earliest := lead_times.earliest(note, self.closed)):
            self.is_too_soon = True
            self.add_error("wanted_by", _too_soon(note, earliest))
        return values

    def full_clean(self) -> None:
        """Ask for nothing while a draft is saved; the page shows what sending will ask for."""
        for name in NEEDED:
            self.fields[name].required = self.is_sending
        super().full_clean()
        for name in NEEDED:
            self.fields[name].required = True

    def again(self, row: Ticket) -> list[tuple[str, str]]:
        """Return what stands in the row otherwise, in words; sending again then replaces it."""
        names = drafts.differing(self.asked(), row)
        self.data = cast(QueryDict, self.data).copy()
        self.data["seen"] = drafts.stamp(row)
        return [(str(self.fields[name].label), _words(row, name)) for name in names]

    def asked(self) -> Asked:
        """Return what the form says, once it is valid."""
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("key", "seen")}
        return Asked(**{**values, "involved": list(values["involved"])})


def _words(row: Ticket, name: str) -> str:
    if name in ("topics", "involved"):
        said = [topic_label(str(each)) for each in getattr(row, name).all()]
        return ", ".join(said) or str(_("Nothing"))
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return str(value or _("Nothing"))


def _initial(draft: Ticket | None) -> dict[str, Any]:
    if draft is None:
        return {"key": uuid4(), "urgency": Urgency.ROUTINE}
    names = ("subject", "question", "type", "center", "wanted_by")
    guided = ("setting", "age_band", "stage")
    return {
        "key": draft.uuid,
        "seen": drafts.stamp(draft),
        "topics": list(draft.topics.names()),
        "involved": list(draft.involved.all()),
        **{name: getattr(draft, name) for name in (*names, *guided)},
        **{name: showing.without_hidden(draft, name) for name in ("subject", "question")},
        "urgency": draft.urgency or Urgency.ROUTINE,
    }
