"""Guidance that must be read: one's own open items, saying so, and how far it is read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.people.sections import members, only
from resources import policies, reading, reading_state
from resources.page_views import SignedIn, find

PAGE_SIZE = 25


@members
@require_safe
def to_read(request: SignedIn) -> HttpResponse:
    """What waits for the person, and what they have read."""
    paginator = Paginator(reading.read_by(request.user), PAGE_SIZE)
    context = {
        "waiting": reading.open_for(request.user),
        "page_obj": paginator.get_page(request.GET.get("page")),
    }
    return render(request, "resources/to_read.html", context)


@members
@require_POST
def acknowledge(request: SignedIn, slug: str) -> HttpResponse:
    """Say once that one read the version that was shown."""
    page = find(request.user, slug)
    version = request.POST.get("version", "")[:20]
    try:
        reading.acknowledge(page=page, version=version, by=request.user)
        messages.success(request, _("Noted that you read it."))
    except reading.Changed:
        messages.error(request, _("A newer version was published meanwhile. Please read this one."))
    except reading.NotAsked as error:
        raise Http404 from error
    return redirect(page.url)


@only(policies.can_see_reading)
@require_safe
def overview(request: SignedIn) -> HttpResponse:
    """What must be read, with how many have."""
    paginator = Paginator(reading_state.pages_for(request.user), PAGE_SIZE)
    page_obj = paginator.get_page(request.GET.get("page"))
    states = reading_state.overview(list(page_obj), request.user)
    return render(request, "resources/reading.html", {"states": states, "page_obj": page_obj})


@only(policies.can_see_reading)
@require_safe
def state(request: SignedIn, pk: int) -> HttpResponse:
    """One page, center by center, with who has not read it."""
    page = get_object_or_404(reading_state.pages_for(request.user), pk=pk)
    [whole] = reading_state.overview([page], request.user)
    context = {
        "page": page,
        "whole": whole,
        "centers": reading_state.by_center(page, request.user),
    }
    return render(request, "resources/reading_state.html", context)
