"""A team's certificates in one file."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import events
from portal.people import policies
from portal.people.forms import RosterFilterForm
from portal.people.sections import only
from training import certificate_archive, team
from training.models import Certificate
from training.views import SignedIn

FIRST_YEAR = 2000
for_leads = only(policies.can_see_team)


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class CertificateFilterForm(RosterFilterForm):
    """Whose certificates, and of which days."""

    since = forms.DateField(label=gettext_lazy("Completed from"), required=False, widget=_day())
    until = forms.DateField(label=gettext_lazy("Completed until"), required=False, widget=_day())

    def clean_since(self) -> date | None:
        return self._likely("since")

    def clean_until(self) -> date | None:
        return self._likely("until")

    def _likely(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and not FIRST_YEAR <= day.year <= timezone.localdate().year + 1:
            raise forms.ValidationError(_("This year cannot be right. Please check it."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("since"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day stands before the first."))
        return data


@for_leads
def index(request: SignedIn) -> HttpResponse:
    """How many certificates there are, and the way to them; nothing is built yet."""
    return _page(request, *_chosen(request))


@for_leads
def archive(request: SignedIn) -> HttpResponseBase:
    """The file; the page with the reason where there is nothing, or too much, to put into it."""
    form, rows = _chosen(request)
    chosen = list(rows[: certificate_archive.MOST + 1])
    if not 0 < len(chosen) <= certificate_archive.MOST:
        return _page(request, form, rows)
    events.record("team.certificates_exported", actor=request.user, certificates=len(chosen))
    file = certificate_archive.build(chosen)
    response = FileResponse(
        file, as_attachment=True, filename="certificates.zip", content_type="application/zip"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _chosen(request: SignedIn) -> tuple[CertificateFilterForm, QuerySet[Certificate]]:
    form = CertificateFilterForm(request.GET, by=request.user)
    people = team.roster(request.user, **form.chosen)
    if not form.is_valid():
        return form, Certificate.objects.none()
    data = form.cleaned_data
    rows = certificate_archive.found(request.user, people, since=data["since"], until=data["until"])
    return form, rows


def _page(
    request: HttpRequest, form: CertificateFilterForm, rows: QuerySet[Certificate]
) -> HttpResponse:
    context = {"form": form, "count": rows.count(), "most": certificate_archive.MOST}
    return render(request, "training/team_certificates.html", context)
