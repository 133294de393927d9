"""The coordinators' own section, and the statewide initiatives."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.people.audience import Audience
from resources import initiatives, policies
from resources.initiative_forms import UpdateForm
from resources.models import Initiative, InitiativeUpdate, Milestone, OfficeHour, ResourcePage
from resources.sections import SignedIn, coordinators, members, refused_is_missing

PAGE_SIZE = 25


@coordinators
@require_safe
def section(request: SignedIn) -> HttpResponse:
    """What coordinators need together: office hours, working papers, initiatives."""
    pages = ResourcePage.objects.visible_to(request.user)
    papers = pages.filter(audience=Audience.COORDINATORS).order_by("title")
    rows = Initiative.objects.visible_to(request.user).with_progress()
    context = {
        "hours": OfficeHour.objects.coming(),
        "page_obj": Paginator(papers, PAGE_SIZE).get_page(request.GET.get("page")),
        "initiatives": rows.exclude(state=Initiative.State.FINISHED).select_related("owner"),
    }
    return render(request, "resources/coordinators.html", context)


@members
@require_safe
def index(request: SignedIn) -> HttpResponse:
    """The initiatives whose audience the person belongs to."""
    rows = Initiative.objects.visible_to(request.user).with_progress().select_related("owner")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "resources/initiatives.html", {"page_obj": page})


@members
@require_safe
def initiative(request: SignedIn, slug: str) -> HttpResponse:
    return _page(request, _find(request, slug), None)


@members
@require_POST
@refused_is_missing
def tell(request: SignedIn, slug: str) -> HttpResponse:
    """Add an update; what the screen finds comes back with the page."""
    found = _find(request, slug)
    form = UpdateForm(request.POST)
    if not policies.can_work_on(request.user, found):
        raise policies.NotAllowed
    if not form.is_valid():
        return _page(request, found, form)
    initiatives.tell(found, by=request.user, overrides=form.overrides, **form.cleaned_data)
    messages.success(request, _("The update is there."))
    return redirect(found)


@members
@require_POST
@refused_is_missing
def take_back(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    found = _find(request, slug)
    update = get_object_or_404(InitiativeUpdate, initiative=found, pk=pk)
    initiatives.take_back(update, by=request.user)
    messages.success(request, _("The update is deleted."))
    return redirect(found)


@members
@require_POST
@refused_is_missing
def finish(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    found = _find(request, slug)
    milestone = get_object_or_404(Milestone, initiative=found, pk=pk)
    initiatives.finish(milestone, by=request.user)
    messages.success(request, _("The milestone is done."))
    return redirect(found)


def _find(request: SignedIn, slug: str) -> Initiative:
    rows = Initiative.objects.visible_to(request.user).with_progress().select_related("owner")
    found: Initiative = get_object_or_404(rows, slug=slug)
    return found


def _page(request: SignedIn, found: Initiative, form: UpdateForm | None) -> HttpResponse:
    works = policies.can_work_on(request.user, found)
    pages = ResourcePage.objects.visible_to(request.user)
    updates = found.updates.select_related("written_by")
    context = {
        "initiative": found,
        "works": works,
        "milestones": found.milestones.all(),
        "documents": pages.filter(pk__in=found.documents.values("page")).order_by("title"),
        "page_obj": Paginator(updates, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": (form or UpdateForm()) if works else None,
        "may_edit": request.user.has_perm("resources.change_initiative"),
    }
    return render(request, "resources/initiative.html", context)
