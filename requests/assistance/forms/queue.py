"""The filters of the queue, kept in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.lifecycle import State
from assistance.models import Ticket
from assistance.models.choices import RequestType
from portal.core.redaction import showing
from portal.people.models import Center

ANY = ("", _("Any"))


class FilterForm(forms.Form):
    type = forms.ChoiceField(label=_("Type"), choices=[ANY, *RequestType.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[ANY, *[c for c in State.choices if c[0] != State.DRAFT]],
        required=False,
    )
    center = forms.ChoiceField(label=_("Center"), required=False)
    q = forms.CharField(
        label=_("Words in the subject"),
        max_length=80,
        min_length=3,  # the index of subjects knows pieces of three letters
        required=False,
    )

    def __init__(self, data: Any, *, centers: Iterable[Center]) -> None:
        super().__init__(data)
        self.centers = {center.slug: center for center in centers}
        field: Any = self.fields["center"]
        field.choices = [ANY, *((slug, center.name) for slug, center in self.centers.items())]

    def narrow(self, rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
        """Apply the filters that make sense; one that does not narrows nothing."""
        self.is_valid()
        chosen = {k: v for k, v in self.cleaned_data.items() if v}
        if "center" in chosen:
            chosen["center"] = self.centers[chosen["center"]]
        if "q" in chosen:
            chosen["subject__icontains"] = chosen.pop("q")
            # Whether a word stands in a hidden subject is nobody's to try out.
            rows = rows.exclude(pk__in=showing.hidden_rows(Ticket, "subject"))
        return rows.filter(**chosen)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
