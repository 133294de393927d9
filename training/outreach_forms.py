"""The form of a talk, made for a phone, and the filters of the list."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.row_choice import RowChoice
from portal.people.models import Center, County, Discipline, User
from training import outreach, policies, topics
from training.models import LiveSession, OutreachTalk, TalkCount
from training.outreach import FIRST_DAY, MOST, PROFESSION, Facts, Group

NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
AUDIENCES = [each for each in TalkCount.Audience if each != PROFESSION]
NOBODY = _("Enter how many people were there, in at least one of the boxes.")


def _day_input(**attrs: str) -> forms.DateInput:
    return forms.DateInput({"type": "date", **attrs}, format="%Y-%m-%d")


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, widget=forms.NumberInput(attrs=NUMERIC), **more)


class TalkForm(ScreenedForm):
    """One talk. `begins_with` is a talk that the form starts from; it may be logged anew."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = ScreenedCharField(
        label=_("What it was about"),
        max_length=120,
        help_text=_("A few words, for example: Recognizing concern, for schools. Nobody is named."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    happened_on = forms.DateField(label=_("Day"), widget=_day_input())
    minutes = _number(_("Length in minutes"), min_value=1, max_value=1440)
    mode = forms.ChoiceField(
        label=_("How it was held"), choices=LiveSession.Mode.choices, widget=forms.RadioSelect
    )
    center = RowChoice(label=_("Center"), queryset=Center.objects.none())
    county = RowChoice(
        label=_("County"),
        queryset=County.objects.all(),
        required=False,
        empty_label=_("Several, or online"),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    funding = forms.ChoiceField(
        label=_("Funding"), choices=[("", _("Not set")), *Funding.choices], required=False
    )

    def __init__(
        self, data: Any = None, *, user: User, begins_with: OutreachTalk | None = None,
        with_people: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"key": uuid4()})
        self.user = user
        fields: dict[str, Any] = self.fields
        fields["happened_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        fields["topics"].choices = list(topics.every().items())
        self._offer_centers()
        self._groups = dict(self._add_boxes())
        self.initial.update(_initial(begins_with) if begins_with else self._defaults())
        if begins_with and with_people:
            there = outreach.people_of(begins_with)
            self.initial.update(happened_on=begins_with.happened_on)
            self.initial.update({n: there[g] for n, g in self._groups.items() if g in there})

    def _offer_centers(self) -> None:
        field: Any = self.fields["center"]
        field.queryset = outreach.centers_for(self.user)
        if policies.can_log_talk_for(self.user, None):
            field.required = False
            field.empty_label = _("Statewide, no center")
        else:
            field.empty_label = None if len(field.queryset[:2]) == 1 else _("Choose one")

    def _add_boxes(self) -> Iterator[tuple[str, Group]]:
        """Add a box for each audience, and for each profession; yield whom each counts."""
        for audience in AUDIENCES:
            name = f"people_{audience.value}"
            self._add_box(name, audience.label)
            yield name, (audience.value, None)
        for discipline in Discipline.objects.all():
            name = f"people_{discipline.pk}"
            self._add_box(name, discipline.name)
            yield name, (PROFESSION.value, discipline.pk)

    def _add_box(self, name: str, label: Any) -> None:
        self.fields[name] = _number(label, required=False, min_value=0, max_value=MOST)

    def _defaults(self) -> dict[str, Any]:
        """Today, in person, an hour; the own center and its county where there is one of each."""
        said: dict[str, Any] = {
            "happened_on": timezone.localdate(),
            "mode": LiveSession.Mode.IN_PERSON,
            "minutes": 60,
        }
        field: Any = self.fields["center"]
        own = list(field.queryset[:2])
        if len(own) == 1:
            said["center"] = own[0].pk
            links = own[0].county_links.active().values_list("county", flat=True)
            said["county"] = links[0] if len(links) == 1 else None
        return said

    def boxes(self) -> list[BoundField]:
        """The boxes of the audiences, which stand first."""
        return [self[name] for name, group in self._groups.items() if group[1] is None]

    def profession_boxes(self) -> list[BoundField]:
        return [self[name] for name, group in self._groups.items() if group[1] is not None]

    @property
    def says_professions(self) -> bool:
        """Whether a profession's box is filled in, or wrong: its part stands open then."""
        return any(box.value() not in (None, "") or box.errors for box in self.profession_boxes())

    @property
    def says_topics(self) -> bool:
        return bool(self["topics"].value() or self["topics"].errors)

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Choose a day that has come: a talk is logged once it was."))
        if day < FIRST_DAY:
            raise ValidationError(_("This day is too long ago. Please check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        is_wrong = any(name in self.errors for name in self._groups)
        if not is_wrong and not self._people(values):
            self.add_error(next(iter(self._groups)), NOBODY)
        return values

    def _people(self, values: dict[str, Any]) -> dict[Group, int]:
        return {group: values[name] for name, group in self._groups.items() if values.get(name)}

    def facts(self) -> Facts:
        said = {name: self.cleaned_data[name] for name in outreach.COLUMNS}
        return Facts(**said, people=self._people(self.cleaned_data))


def _initial(talk: OutreachTalk) -> dict[str, Any]:
    """Return what a talk says, on today's day and without the people."""
    said = {name: getattr(talk, name) for name in outreach.COLUMNS}
    return {**said, "happened_on": timezone.localdate()}


class TakeBackForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4()})


class TalkFilter(forms.Form):
    """Which talks to list, kept in the address; what makes no sense narrows nothing."""

    center = forms.ModelChoiceField(
        label=_("Center"),
        queryset=Center.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All"),
    )
    since = forms.DateField(label=_("From"), required=False, widget=_day_input())
    until = forms.DateField(label=_("Until"), required=False, widget=_day_input())

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["center"].queryset = outreach.centers_for(user)  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[OutreachTalk]) -> QuerySet[OutreachTalk]:
        self.is_valid()
        names = {"center": "center", "since": "happened_on__gte", "until": "happened_on__lte"}
        chosen = {names[name]: value for name, value in self.cleaned_data.items() if value}
        return rows.filter(**chosen)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
