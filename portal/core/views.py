"""Pages that belong to no app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SHORT = 60  # characters that stand in one line
NEVER_GIVEN_BACK = ("csrfmiddlewaretoken", "code", "credential", "otp_code")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give the typed text back, unsaved: an expired form loses nothing."""
    return give_back(request, {})


def give_back(request: HttpRequest, why: dict[str, bool]) -> HttpResponse:
    """Show a form that could not be taken now, with all that was typed in it."""
    typed = [
        (name, name.replace("_", " ").capitalize(), value, len(value) > SHORT or "\n" in value)
        for name, values in request.POST.lists()
        for value in values
        if value and name not in NEVER_GIVEN_BACK and "password" not in name
    ]
    context = {"typed": typed, "had_files": bool(request.FILES), **why}
    return render(request, "core/csrf_failure.html", context, status=403)
