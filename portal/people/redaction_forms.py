"""Asking for a redaction. What is typed here is compared in memory and stored nowhere."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.models import Redaction
from portal.core.privacy.findings import LABELS
from portal.core.redaction.removing import Place

WORDS = "words"
CHOOSE = ("", _("Choose one"))
UNSEEN = {"rows": 2, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}


class RedactForm(forms.Form):
    """`texts` are the texts that may go as a whole, each with what to call it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    where = forms.ChoiceField(label=_("What is to go"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("The words to remove"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=UNSEEN),
        help_text=_(
            "As they stand in the text; capitals do not matter. One name, date or number at a "
            "time. What you type here is compared and kept nowhere."
        ),
    )
    category = forms.ChoiceField(
        label=_("What kind of detail"),
        choices=[CHOOSE, *LABELS.items(), ("other", _("another detail"))],
    )
    reason = forms.ChoiceField(
        label=_("How it came here"), choices=[CHOOSE, *Redaction.Reason.choices]
    )

    def __init__(self, data: Any = None, *, texts: Sequence[tuple[Place, Any]] = ()) -> None:
        super().__init__(data, initial={"key": uuid4(), "where": WORDS})
        self.texts = {"|".join(place): place for place, _label in texts}
        field: Any = self.fields["where"]
        everywhere = (WORDS, _("Some words, wherever they stand here"))
        wholes = [("|".join(place), label) for place, label in texts]
        field.choices = [everywhere, *wholes]
        if not texts:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        words = "".join(values.get("words", "").split())
        if values.get("where") == WORDS and "words" not in self.errors and len(words) < 2:
            self.add_error("words", ValidationError(_("Enter the words to remove")))
        return values

    def asked(self) -> dict[str, Any]:
        """Return the keywords of `asking.ask`, once the form is valid."""
        values = self.cleaned_data
        whole = self.texts.get(values["where"])
        asked = {name: values[name] for name in ("key", "category", "reason")}
        return {**asked, "whole": whole, "words": "" if whole else values["words"]}
