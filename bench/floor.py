"""Bare views to compare with: one SELECT, 25 rows, one upsert, a bare Wagtail page."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls

from assistance.models import Ticket
from portal.people.models import Center

UPSERT = (
    "INSERT INTO bench_floor (key, n) VALUES (%s, 1) "
    "ON CONFLICT (key) DO UPDATE SET n = bench_floor.n + 1"
)


def one(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    return render(request, "bench/one.html", {"center": Center.objects.get(pk=request.GET["pk"])})


def rows(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    newest = Ticket.objects.order_by("-pk").values("number", "subject", "state", "created_at")[:25]
    return render(request, "bench/rows.html", {"rows": newest})


@csrf_exempt
def upsert(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [request.POST["key"]])
    return render(request, "bench/one.html", {})


urlpatterns = [
    path("one/", one),
    path("rows/", rows),
    path("upsert/", upsert),
    path("", include(wagtail_urls)),
]
