"""The page of what the worker makes: its state for who watches, its files for who fetches."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from portal.core import files, making
from portal.core.making import Made, State

STOP_POLLING = 286  # htmx takes what came and asks no more


def seen(row: Made, kind: str, endings: tuple[str, ...]) -> dict[str, Any]:
    """Return what the page says of its state; `seen` is what htmx sends back as known."""
    stalled = making.is_stalled(kind, row)
    return {
        "is_open": row.is_open,
        "is_stalled": stalled,
        "seen": f"{row.state}-{row.done}-{row.step}-{stalled:d}",
        "downloads": [(ending, row.files[ending]) for ending in endings if row.files],
    }


def watch(request: HttpRequest, context: dict[str, Any], *, page: str, part: str) -> HttpResponse:
    """Answer with the page, or with the state alone where htmx asks and it changed."""
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, page, context)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    status = 200 if context["is_open"] else STOP_POLLING
    return render(request, part, context, status=status)


def check_file(row: Made, ending: str) -> None:
    """Http404 unless it is ready and has that file."""
    if row.state != State.READY or ending not in row.files:
        raise Http404


def give(request: HttpRequest, row: Made, ending: str, name: str) -> HttpResponseBase:
    """Give a file out to be saved under a name. The caller has checked it, and the right to it."""
    response = files.send(request, row.files[ending]["name"])
    response["Content-Disposition"] = str(content_disposition_header(True, f"{name}.{ending}"))
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "no-store"
    return response
