"""Accreditation packs: ask for one, watch it being made, take its files."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import events, making_views
from portal.people import policies as people_policies
from portal.people.sections import only
from training import pack_forms, packs
from training.models import AccreditationPack
from training.pack_forms import PackForm
from training.views import SignedIn

PER_PAGE = 25
for_leads = only(people_policies.can_see_team)


@for_leads
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedIn) -> HttpResponse:
    initial = pack_forms.initial_of(request.GET)
    form = PackForm(request.POST or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("pack", packs.ask(by=request.user, **form.cleaned_data).pk)
    seen = AccreditationPack.objects.visible_to(request.user).select_related("center", "asked_by")
    context = {
        "form": form,
        "choices": pack_forms.quick_choices(timezone.localdate()),
        "page_obj": Paginator(seen, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "training/packs/index.html", context)


@for_leads
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: SignedIn, pk: UUID) -> HttpResponse:
    """One pack; POST tries again. htmx asks for the state alone, and says what it knows."""
    pack = _find(request, pk)
    if request.method == "POST":
        packs.try_again(pack, by=request.user)
        return redirect("pack", pk)
    context = {"pack": pack, **making_views.seen(pack, packs.KIND, packs.Packing.endings)}
    return making_views.watch(
        request, context, page="training/packs/detail.html", part="training/packs/_state.html"
    )


@for_leads
@require_safe
def fetch(request: SignedIn, pk: UUID, ending: str) -> HttpResponseBase:
    """Give a file out to be saved."""
    pack = _find(request, pk)
    making_views.check_file(pack, ending)
    events.record(
        "training.pack_fetched",
        actor=request.user,
        subject=pack,
        center_id=pack.center_id,
        file=ending,
    )
    name = f"accreditation-pack-{pack.center.slug}-{pack.since}-{pack.until}"
    return making_views.give(request, pack, ending, name)


def _find(request: SignedIn, pk: UUID) -> AccreditationPack:
    seen = AccreditationPack.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("center", "asked_by"), pk=pk)
