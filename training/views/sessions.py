"""Live sessions: the list, one session, its calendar file, and the form of who leads it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.people.sections import only
from training import calendar_file, policies, session_forms, sessions
from training.models import LiveSession, ModulePage
from training.session_forms import SessionForm
from training.views import SignedIn

PAGE_SIZE = 25
Action = Callable[[SignedIn, LiveSession], object]
ACTIONS: dict[str, Action] = {
    "register": lambda request, session: sessions.register(request.user, session),
    "withdraw": lambda request, session: sessions.withdraw(request.user, session),
    "cancel": lambda request, session: sessions.cancel(session, by=request.user),
}


@login_required
@require_safe
def index(request: SignedIn) -> HttpResponse:
    """What comes, one's own first; `?when=past` shows what was."""
    seen = LiveSession.objects.visible_to(request.user).with_places(request.user)
    seen = seen.select_related("center")
    is_past = request.GET.get("when") == "past"
    if is_past:
        mine, others = seen.none(), seen.past()
        if not policies.sees_every_past_session(request.user):
            others = others.of(request.user)
    else:
        mine = seen.upcoming().of(request.user)
        others = seen.upcoming().standing().not_of(request.user)
    context = {
        "is_past": is_past,
        "mine": mine,
        "page_obj": Paginator(others, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_make": policies.can_make_sessions(request.user),
    }
    return render(request, "training/sessions/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One session; POST takes a place, gives it back, or calls the session off."""
    session = _find(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            _act(request, session)
            return redirect("session", pk)
        except sessions.SessionFull:
            refused = "full"
        except sessions.SessionClosed:
            refused = "closed"
    context = {**_context(request, _find(request, pk)), "refused": refused}
    status = 409 if refused else 200
    return render(request, "training/sessions/detail.html", context, status=status)


@login_required
@require_safe
def calendar(request: SignedIn, pk: int) -> HttpResponse:
    session = _find(request, pk)
    response = HttpResponse(calendar_file.write(session), "text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="session-{session.pk}.ics"'
    return response


@only(policies.can_make_sessions)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    form = SessionForm(request.POST or None, user=request.user, initial={"mode": "in_person"})
    if request.method == "POST" and form.is_valid():
        session = sessions.create(form.facts, by=request.user)
        return redirect("session", session.pk)
    return render(request, "training/sessions/form.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    session = _find(request, pk)
    if not (policies.can_lead(request.user, session) and session.is_open):
        raise Http404
    form = SessionForm(
        request.POST or None, user=request.user, initial=session_forms.initial(session)
    )
    if request.method == "POST" and form.is_valid() and _change(request, session, form):
        return redirect("session", pk)
    return render(request, "training/sessions/form.html", {"form": form, "session": session})


def _find(request: SignedIn, pk: int) -> LiveSession:
    seen = LiveSession.objects.visible_to(request.user).with_places(request.user)
    return get_object_or_404(seen.select_related("center", "trainer"), pk=pk)


def _act(request: SignedIn, session: LiveSession) -> None:
    try:
        ACTIONS[request.POST.get("action", "")](request, session)
    except (KeyError, PermissionDenied) as error:
        raise Http404 from error


def _change(request: SignedIn, session: LiveSession, form: SessionForm) -> bool:
    try:
        sessions.change(session, form.facts, by=request.user)
    except sessions.TooFewPlaces as error:
        form.refuse_places(error.args[0])
        return False
    except sessions.SessionClosed as error:
        raise Http404 from error
    return True


def _context(request: SignedIn, session: LiveSession) -> dict[str, Any]:
    leads = policies.can_lead(request.user, session)
    modules = ModulePage.objects.visible_to(request.user).filter(pk=session.module_id)
    taken = session.registrations.open().select_related("person__discipline")
    return {
        "session": session,
        "module": modules.first() if session.module_id else None,
        "leads": leads,
        "may_register": policies.can_register(request.user, session),
        "roster": taken.order_by("person__last_name", "person__first_name") if leads else None,
    }
