"""Forms of the follow-up, of passages and of who covers what."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import policies
from assistance.models import FollowUp, FollowUpChange, Passage
from assistance.models.choices import TOPICS
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.redaction import showing
from portal.core.row_choice import RowChoice
from portal.people.models import User


class _Keyed(ScreenedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial={"key": uuid4(), **initial})


class FollowUpForm(ScreenedForm):
    helped = forms.ChoiceField(
        label=_("Did the answer help?"),
        choices=FollowUp.Helped.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it helped")},
    )
    rating = forms.TypedChoiceField(
        label=_("How good was the help?"),
        choices=[
            (1, _("1, of no use")),
            (2, "2"),
            (3, "3"),
            (4, "4"),
            (5, _("5, just what we needed")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 1 to 5")},
    )
    changes = forms.MultipleChoiceField(
        label=_("What changed?"),
        choices=FollowUpChange.What.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what changed, or “Nothing yet”")},
    )
    comment = ScreenedCharField(
        label=_("In one sentence, what changed?"),
        max_length=300,
        required=False,
        help_text=_("About the work, not about a case. No names, initials or dates."),
    )

    def __init__(self, data: Any = None, *, found: FollowUp) -> None:
        super().__init__(
            data,
            initial={
                "helped": found.helped,
                "rating": found.rating,
                "changes": [change.what for change in found.changes.all()],
                "comment": showing.without_hidden(found, "comment"),
            },
        )

    def clean_changes(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["changes"]
        if FollowUpChange.What.NOTHING in chosen and len(chosen) > 1:
            raise ValidationError(_("Choose either “Nothing yet” or what changed"))
        return chosen


class PassageForm(_Keyed):
    title = ScreenedCharField(
        label=_("Title"), max_length=80, error_messages={"required": _("Enter a title")}
    )
    text = ScreenedCharField(
        label=_("Text"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Used again in many replies, so nothing of one center or one request"),
        error_messages={"required": _("Enter the text")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=TOPICS, widget=forms.CheckboxSelectMultiple, required=False
    )
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=999, initial=0, required=False
    )
    is_active = forms.BooleanField(label=_("Offer it in replies"), required=False, initial=True)

    def __init__(self, data: Any = None, *, passage: Passage | None = None) -> None:
        names = ("key", "title", "text", "position", "is_active")
        initial = {name: getattr(passage, name) for name in names} if passage else {}
        if passage is not None:
            initial["topics"] = list(passage.topics.names())
        super().__init__(data, **initial)
        self.passage = passage

    def clean_key(self) -> Any:
        """A form of one passage never writes over another."""
        return self.passage.key if self.passage else self.cleaned_data["key"]

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        key: Any = self.passage.key if self.passage else self.cleaned_data.get("key")
        if Passage.objects.filter(title=title).exclude(key=key).exists():
            raise ValidationError(_("There is a passage with this title"))
        return title


class SeatForm(_Keyed):
    user = RowChoice(
        label=_("Person"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose a person")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=TOPICS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic")},
    )
    starts_on = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    ends_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    capacity = ScreenedCharField(
        label=_("How much they can take"),
        max_length=140,
        required=False,
        help_text=_("For example “two a week, no travel in June”"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["user"]
        field.queryset = policies.assignable().order_by("last_name", "first_name")
        field.label_from_instance = lambda person: person.name

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first"))
        return values


class PassageChoice(forms.Form):
    """Which passage to insert; chosen in the reply form."""

    passage = RowChoice(
        label=_("Passage"), queryset=Passage.objects.none(), empty_label=_("Choose a passage")
    )

    def __init__(self, data: Any = None, *, rows: Any) -> None:
        super().__init__(data)
        self.fields["passage"].queryset = rows  # type: ignore[attr-defined]
