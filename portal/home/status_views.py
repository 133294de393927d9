"""The status page, and what was given up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal.core import dead_effects, effect_kinds
from portal.core.models import Effect
from portal.home import status
from portal.home.status_forms import ASIDE, DecideForm
from portal.people import policies
from portal.people.sections import only

for_managers = only(policies.can_see_status)
PER_PAGE = 50


@for_managers
def status_page(request: HttpRequest) -> HttpResponse:
    context = status.read()
    context["dead"] = [
        (line, DecideForm(auto_id=f"{line.kind}-%s", initial={"kind": line.kind}))
        for line in context["dead"]
    ]
    return render(request, "home/status.html", context)


@for_managers
def dead(request: HttpRequest) -> HttpResponse:
    """What was given up, one by one, of one kind or of all: kind, number and class of error."""
    kind = request.GET.get("kind", "")
    rows = Effect.objects.dead().filter(**({"kind": kind} if kind else {}))
    page = Paginator(rows.order_by("dead_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        (row, effect_kinds.find(row.kind).label, DecideForm(auto_id=f"e{row.pk}-%s"))
        for row in page.object_list
    ]
    context = {"page_obj": page, "lines": lines, "here": request.get_full_path()}
    return render(request, "home/dead_effects.html", context)


@for_managers
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Have one, or all of a kind, tried again or set aside."""
    form = DecideForm(request.POST)
    if form.is_valid():
        _decide(request, form)
    else:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else "status")


def _decide(request: HttpRequest, form: DecideForm) -> None:
    rows, by = form.rows(), request.user
    try:
        if form.cleaned_data["what"] == ASIDE:
            n = dead_effects.set_aside(rows, reason=form.cleaned_data["reason"], by=by)
            text = ngettext("%(n)s was set aside.", "%(n)s were set aside.", n)
        else:
            n = dead_effects.try_again(rows, by=by)
            text = ngettext("%(n)s is tried again.", "%(n)s are tried again.", n)
    except dead_effects.NothingDead:
        messages.info(request, _("That was done already."))
    else:
        messages.success(request, text % {"n": n})
