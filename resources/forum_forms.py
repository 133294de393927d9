"""The form of an entry of the forum log, and the filters of its list."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.core.privacy.forms import ScreenedCharField
from resources.forums import Content
from resources.keyed_forms import KeyedForm, day_field
from resources.models import Forum
from resources.models.forum import ForumQuerySet

ANY = ("", _("Any"))
NAMES = ("happened_on", "level", "kind", "title", "audience", "funding")
EARLIEST = date(2000, 1, 1)


class ForumForm(KeyedForm):
    happened_on = day_field(
        _("Day"), initial=timezone.localdate, error_messages={"required": _("Enter the day")}
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=Forum.Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Forum.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind")},
    )
    title = ScreenedCharField(
        label=_("Title"),
        max_length=160,
        help_text=_("What it was, and before whom: a committee, a conference, a council"),
        error_messages={"required": _("Enter a title")},
    )
    audience = forms.IntegerField(
        label=_("How many listened"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("A number, never names; leave it empty when nobody counted"),
    )
    funding = forms.ChoiceField(
        label=_("Funding"),
        choices=Funding.choices,
        widget=forms.RadioSelect,
        help_text=_("One, so that it is counted for one funder"),
        error_messages={"required": _("Choose the funding")},
    )

    def __init__(self, data: Any = None, *, forum: Forum | None = None) -> None:
        names = ("key", *NAMES)
        initial = {name: getattr(forum, name) for name in names} if forum else {}
        super().__init__(data, initial=initial)

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if not EARLIEST <= day <= timezone.localdate():
            raise ValidationError(_("Give a day from 2000 until today"))
        return day

    def content(self) -> Content:
        return Content(**{name: self.cleaned_data[name] for name in NAMES})


class ForumFilter(forms.Form):
    """The filters of the list, kept in the address; one that makes no sense narrows nothing."""

    level = forms.ChoiceField(label=_("Level"), choices=[ANY, *Forum.Level.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Forum.Kind.choices], required=False)
    funding = forms.ChoiceField(label=_("Funding"), choices=[ANY, *Funding.choices], required=False)
    since = day_field(_("From"), required=False)
    until = day_field(_("Until"), required=False)

    def narrowed(self, rows: ForumQuerySet) -> ForumQuerySet:
        self.is_valid()
        for name in ("level", "kind", "funding"):
            if value := self.cleaned_data.get(name):
                rows = rows.filter(**{name: value})
        if since := self.cleaned_data.get("since"):
            rows = rows.filter(happened_on__gte=since)
        if until := self.cleaned_data.get("until"):
            rows = rows.filter(happened_on__lte=until)
        return rows

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
