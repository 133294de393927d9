"""Forms of the directory: an entry, in the admin and outside it, and what is wrong in one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core.privacy.forms import ScreenedCharField
from portal.core.row_choice import RowsChoice
from portal.people.models import County
from resources.keyed_forms import KeyedForm
from resources.models import Service
from resources.models import ServiceLanguage as Language
from resources.screening import blocked

TEXTS = ("name", "about", "eligibility", "how_to_refer")


class AboutAnOrganization(forms.BaseForm):
    """An organization's numbers and addresses are public; those of people are not."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in TEXTS:
            for words in blocked(str(data.get(name) or ""), organization=True):
                message = _("“%(words)s” may identify a person. Take it out; nothing was saved.")
                self.add_error(name, message % {"words": words})
        return data


class ServiceForm(AboutAnOrganization, WagtailAdminModelForm):
    """An entry in the admin."""


class ServiceChangeForm(AboutAnOrganization, forms.ModelForm):  # type: ignore[type-arg]
    """An entry outside the admin, for those who check it. The view hands the values on."""

    counties = RowsChoice(
        label=gettext_lazy("Counties"),
        queryset=County.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None when it serves the whole state"),
    )
    languages = RowsChoice(
        label=gettext_lazy("Languages"),
        queryset=Language.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    url = forms.URLField(
        label=gettext_lazy("Address"), max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = Service
        fields = (*TEXTS[:1], "category", *TEXTS[1:], "phone", "url")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS[1:]}

    def __init__(self, data: Any = None, *, service: Service) -> None:
        initial = {"counties": service.counties.all(), "languages": service.languages.all()}
        super().__init__(data, instance=service, initial=initial)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ServiceNoteForm(KeyedForm):
    text = ScreenedCharField(
        label=gettext_lazy("What is wrong?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("About the organization: a number, a county, a door that closed"),
        error_messages={"required": gettext_lazy("Say what is wrong")},
    )
