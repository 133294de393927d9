"""Pages that belong to no app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give the typed text back, unsaved: an expired form loses nothing."""
    hidden = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}
    typed = [(k, v) for k, v in request.POST.items() if k not in hidden and v]
    return render(request, "core/csrf_failure.html", {"typed": typed}, status=403)
