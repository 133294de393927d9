"""The filters of the queue, kept in the address."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assistance import policies
from assistance.lifecycle import State
from assistance.models import Ticket
from assistance.models.choices import RequestType
from portal.people.models import Center, User

ANY = ("", _("Any"))


class FilterForm(forms.Form):
    type = forms.ChoiceField(label=_("Type"), choices=[ANY, *RequestType.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[ANY, *[c for c in State.choices if c[0] != State.DRAFT]],
        required=False,
    )
    center = forms.ModelChoiceField(
        label=_("Center"),
        queryset=Center.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Any"),
    )
    q = forms.CharField(label=_("Words in the subject"), max_length=80, required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["center"].queryset = policies.centers_for(user)  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
        """Apply the filters that make sense; one that does not narrows nothing."""
        self.is_valid()
        chosen = {k: v for k, v in self.cleaned_data.items() if v}
        if "q" in chosen:
            chosen["subject__icontains"] = chosen.pop("q")
        return rows.filter(**chosen)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
