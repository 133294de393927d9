"""The manager's and the coordinators' office: coverage, import, audit, retention, inventory."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core import chain, events, inventory
from portal.core.tables import csv_response
from portal.people import audit, coverage, policies, retention, roster_import
from portal.people.forms import CenterForm, HoldForm
from portal.people.models import Center, CenterCounty, County, LegalHold, RoleGrant
from portal.people.sections import members, only

for_leads = only(policies.can_see_team)
for_managers = only(policies.can_give_roles)
PER_PAGE = 50
LARGEST = 1024 * 1024  # bytes of a roster


@for_managers
def counties(request: HttpRequest) -> HttpResponse:
    """The fourteen counties, who coordinates them, and where nobody does."""
    grants = RoleGrant.objects.current_and_coming().select_related("user")
    context = {
        "coverage": coverage.of_counties(),
        "lines": coverage.lines(),
        "grants": grants.order_by("role", "starts_on"),
    }
    return render(request, "people/coverage.html", context)


@for_managers
def county(request: HttpRequest, slug: str) -> HttpResponse:
    """Which centers serve a county: another one from today, or one no longer."""
    found = get_object_or_404(County, slug=slug)
    serving = Center.objects.filter(
        pk__in=CenterCounty.objects.active().filter(county=found).values("center")
    )
    is_adding = request.method == "POST" and request.POST.get("act") == "add"
    others = Center.objects.exclude(pk__in=serving.values("pk"))
    form = CenterForm(request.POST if is_adding else None, among=others)
    if is_adding and form.is_valid():
        coverage.serve(found, form.cleaned_data["center"], by=request.user)  # type: ignore[arg-type]
        return redirect("county", slug)
    if request.method == "POST" and not is_adding:
        ended = request.POST.get("end", "")
        center = next((center for center in serving if center.slug == ended), None)
        if center is None:
            raise Http404
        coverage.end_serving(found, center, by=request.user)  # type: ignore[arg-type]
        return redirect("county", slug)
    context = {"county": found, "serving": serving, "form": form}
    return render(request, "people/county.html", context)


@for_leads
def import_roster(request: HttpRequest) -> HttpResponse:
    """Choose a file, look at what each row would do, then do it. The file is kept nowhere."""
    context: dict[str, Any] = {"columns": roster_import.COLUMNS}
    try:
        text = _posted_text(request)
        if text and request.POST.get("act") == "write":
            invite = bool(request.POST.get("invite"))
            context["written"] = roster_import.write(text, by=request.user, invite=invite)  # type: ignore[arg-type]
        elif text:
            context["text"] = text
            context["rows"] = roster_import.read(text, by=request.user)  # type: ignore[arg-type]
    except roster_import.Unreadable as error:
        context["fault"] = str(error)
    if context.get("rows") is not None:
        context["to_do"] = sum(r.does not in {"error", "nothing"} for r in context["rows"])
        context["wrong"] = sum(r.does == "error" for r in context["rows"])
    return render(request, "people/import.html", context)


def _posted_text(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    if not (file := request.FILES.get("file")):
        text = request.POST.get("text", "")
        if not text:
            raise roster_import.Unreadable(_("Choose a file first."))
        return text
    if (file.size or 0) > LARGEST:
        raise roster_import.Unreadable(_("The file is larger than 1 MB."))
    return roster_import.decode(file.read())


@for_managers
def audit_page(request: HttpRequest) -> HttpResponse:
    """What happened: searched by kind, person, center and days. Looking is an event as well."""
    form = audit.AuditForm(request.GET or None)
    page = Paginator(audit.search(form), PER_PAGE).get_page(request.GET.get("page"))
    events.record("audit.viewed", actor=request.user)
    context = {"form": form, "page_obj": page, "lines": audit.lines(page.object_list)}
    return render(request, "people/audit.html", context)


@for_managers
def audit_csv(request: HttpRequest) -> HttpResponse:
    form = audit.AuditForm(request.GET or None)
    events.record("audit.exported", actor=request.user)
    header = [_("When"), _("What"), _("Kind"), _("By"), _("About"), _("Center"), _("Details")]
    return csv_response("audit.csv", header, audit.export_rows(form))


@for_managers
@require_POST
def audit_check(request: HttpRequest) -> HttpResponse:
    """Verify the chain now, and say what was found."""
    chain.seal()
    return render(request, "people/audit_check.html", {"verdict": chain.verify()})


@members
def data_inventory(request: HttpRequest) -> HttpResponse:
    """The parts of what is kept, each with how much it is."""
    parts = [
        (part, inventory.PARTS[part], len(tables), sum(map(_number_of_fields, tables)))
        for part, tables in inventory.parts().items()
    ]
    return render(request, "people/inventory.html", {"parts": parts})


def _number_of_fields(model: type[Model]) -> int:
    return len(inventory.field_names(model))


@members
def inventory_part(request: HttpRequest, part: str) -> HttpResponse:
    """Every table and field of a part: why, how long, and who sees it."""
    if part not in inventory.PARTS:
        raise Http404
    known = inventory.entries()
    tables = [
        (entry, [(name, entry.purpose(name)) for name in inventory.field_names(model)])
        for model in inventory.parts()[part]
        if (entry := known.get(model._meta.label))
    ]
    context = {"tables": tables, "name": inventory.PARTS[part]}
    return render(request, "people/inventory_part.html", context)


@for_managers
def keeping(request: HttpRequest) -> HttpResponse:
    """What retention would remove now, and the legal holds."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["email"]
        retention.place_hold(reason=form.cleaned_data["reason"], by=request.user, person=person)  # type: ignore[arg-type]
        messages.success(request, _("The hold stands from now on."))
        return redirect("retention")
    holds = LegalHold.objects.select_related("person", "placed_by", "lifted_by")
    context = {"form": form, "lines": retention.report(), "holds": holds}
    return render(request, "people/retention.html", context)


@for_managers
@require_POST
def lift_hold(request: HttpRequest, pk: int) -> HttpResponse:
    hold = get_object_or_404(LegalHold, pk=pk)
    try:
        retention.lift_hold(hold, by=request.user)  # type: ignore[arg-type]
    except ValidationError:
        messages.info(request, _("This hold was lifted already."))
    else:
        messages.success(request, _("The hold is lifted. Retention goes on tonight."))
    return redirect("retention")
