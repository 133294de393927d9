"""Forms of a center's protocol record."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from training.models import ProtocolVersion

FIRST_YEAR = 2000
REVIEWED_WITHIN = 10  # years; a later day is a slip


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more
    )


def _check_past(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError(_("Choose a day that has come."))
    if day.year < FIRST_YEAR:
        raise ValidationError(_("This day is too long ago. Please check the year."))
    return day


def _check_review(day: date, adopted_on: date | None) -> None:
    if adopted_on is not None and day <= adopted_on:
        raise ValidationError(_("The review stands before the version was adopted."))
    if day.year > timezone.localdate().year + REVIEWED_WITHIN:
        raise ValidationError(_("This day is too far ahead. Please check the year."))


class VersionForm(ScreenedForm):
    version = ScreenedCharField(
        label=_("Version"),
        max_length=40,
        help_text=_("As the paper calls it, for example: 2.0, or Spring 2026"),
    )
    adopted_on = _day(_("Adopted on"))
    review_by = _day(_("To be reviewed by"))
    changes = ScreenedCharField(
        label=_("What changed"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One change a line. No names, and nothing about a child or a case."),
    )

    def clean_adopted_on(self) -> date:
        return _check_past(self.cleaned_data["adopted_on"])

    def clean_review_by(self) -> date:
        day: date = self.cleaned_data["review_by"]
        _check_review(day, self.cleaned_data.get("adopted_on"))
        return day


class SignForm(ScreenedForm):
    """An agency signed; the agency is named, not the person."""

    agency = ScreenedCharField(
        label=_("Agency"),
        max_length=120,
        help_text=_("The agency that signed, for example: Police department of a town. No person."),
    )
    signed_on = _day(_("Signed on"))

    def clean_signed_on(self) -> date:
        return _check_past(self.cleaned_data["signed_on"])


class ReviewForm(forms.Form):
    """Another day for the review; nothing else of a version moves."""

    review_by = _day(_("To be reviewed by"))

    def __init__(self, data: Any = None, *, protocol: ProtocolVersion) -> None:
        super().__init__(data, initial={"review_by": protocol.review_by})
        self.protocol = protocol

    def clean_review_by(self) -> date:
        day: date = self.cleaned_data["review_by"]
        _check_review(day, self.protocol.adopted_on)
        return day
