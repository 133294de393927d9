"""An expired session loses no answers: they come back in a form that can be sent again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


class _Check(CsrfViewMiddleware):
    """Django's own check, run by us, so that its failure can hand the answers back."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def holds_answers(view: View) -> View:
    """Sign-in for a page that takes answers.

    Signed out, or with a token of an earlier session, a POST changes nothing and is answered with
    what was chosen, in hidden fields, to be sent again after signing in in a new tab.
    """

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            fault = _Check(view).process_view(request, wrapped_view, args, kwargs)
            if fault is not None or not request.user.is_authenticated:
                return _hold(request)
        elif not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    def wrapped_view(request: HttpRequest) -> HttpResponse:
        """Stands for the view in Django's check: unlike it, this one is not exempt."""
        return view(request)

    return wrapped


def _hold(request: HttpRequest) -> HttpResponse:
    fields = [(k, v) for k in request.POST for v in request.POST.getlist(k)]
    fields = [(k, v) for k, v in fields if k != "csrfmiddlewaretoken"]
    return render(request, "training/held.html", {"fields": fields}, status=403)
