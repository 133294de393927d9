"""The front, each role's dashboard, quick exit, health."""

from django.conf import settings
from django.contrib.auth import logout
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.home import metrics, readiness, remembering
from portal.people import attestations
from portal.people.mailing import suppressions


def index(request: HttpRequest) -> HttpResponse:
    """The public front; signed in, the role's dashboard."""
    if not request.user.is_authenticated:
        return render(request, "home/front.html")
    context = {
        "parts": remembering.parts(request),
        "attest_by": attestations.soon_due(request),
        "returned": suppressions.standing(request.user),
    }
    return render(request, "home/dashboard.html", context)


@require_GET
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: end the session, clear what the browser keeps, go somewhere neutral.

    The one GET that changes state, since it must work as a plain link; deaf to prefetch.
    """
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if "prefetch" in purpose or request.method == "HEAD":
        return HttpResponse(status=204)
    logout(request)
    response = HttpResponseRedirect(settings.LEAVE_URL)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Readiness, with the state of each thing the portal stands on."""
    states = readiness.states(connection)
    return JsonResponse(states, status=200 if readiness.is_ready(states) else 503)


@require_GET
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """The metrics, for whoever holds METRICS_TOKEN; for everybody else nothing is here."""
    offered = request.headers.get("Authorization", "")
    expected = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(offered, expected):
        raise Http404
    return HttpResponse(metrics.text(), content_type=metrics.CONTENT_TYPE)


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"contact": settings.ACCESSIBILITY_CONTACT}
    return render(request, "home/accessibility.html", context)


def whats_new(request: HttpRequest) -> HttpResponse:
    return render(request, "home/whats_new.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page of its own that asks nothing of the database: that may be what has gone away."""
    return render(None, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page of its own that asks nothing of the database."""
    return render(None, "500.html", status=500)
