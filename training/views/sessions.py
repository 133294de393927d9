"""Live sessions: the list, one session, its calendar file, and the form of who leads it."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.people.sections import only
from training import attendance, calendar_file, evaluations, policies, session_forms, sessions
from training.models import Attendance, LiveSession, ModulePage, Registration
from training.models.session import RegistrationQuerySet
from training.session_forms import SessionForm
from training.views import SignedIn

PAGE_SIZE = 25
Action = Callable[[SignedIn, LiveSession], object]
ACTIONS: dict[str, Action] = {
    "register": lambda request, session: sessions.register(
        request.user, session, helps=request.POST.getlist("helps")
    ),
    "withdraw": lambda request, session: sessions.withdraw(request.user, session),
    "cancel": lambda request, session: sessions.cancel(session, by=request.user),
    "check_in": lambda request, session: _check_in(request, session),
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
        "may_log_talks": policies.can_log_talks(request.user),
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
        except sessions.SessionClosed:
            refused = "closed"
        except attendance.WrongCode:
            refused = "code"
        except TooManyTries:
            too_many: HttpResponse = ratelimit.respond_429(request)
            return too_many
    context = {**_context(request, _find(request, pk)), "refused": refused}
    status = {"": 200, "code": 422}.get(refused, 409)
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


class TooManyTries(Exception):
    """Somebody types one code after the other."""


def _check_in(request: SignedIn, session: LiveSession) -> None:
    if not ratelimit.consume(request, action="session_code", user=request.user):
        raise TooManyTries
    attendance.check_in(request.user, session, request.POST.get("code", ""))


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
    queue = session.registrations.waiting().select_related("person__discipline")
    offers = list(session.offers.select_related("rule").order_by("rule__name"))
    attended = session.attendances.current().of(request.user).filter(minutes__gt=0).first()
    return {
        **_check_in_context(request, session, attended),
        "helps": Registration.Help.choices,
        "offers": offers,
        "waits_for_evaluation": any(offer.needs_evaluation for offer in offers),
        "queue": queue if leads else None,
        "place_in_queue": _place_in(queue, request),
        "session": session,
        "module": modules.first() if session.module_id else None,
        "leads": leads,
        "may_register": policies.can_register(request.user, session),
        "roster": taken.order_by("person__last_name", "person__first_name") if leads else None,
    }


def _check_in_context(
    request: SignedIn, session: LiveSession, attended: Attendance | None
) -> dict[str, Any]:
    may_register = policies.can_register(request.user, session)
    takes = attended is None and may_register and attendance.takes_codes(session)
    typed = request.POST.get("code") or request.GET.get("code") or ""
    return {
        "attended": attended,
        "is_enough": attended is not None and attendance.is_enough(attended, session),
        "may_evaluate": evaluations.may_evaluate(request.user, session),
        "may_check_in": takes,
        "typed_code": typed[:9],
    }


def _place_in(queue: RegistrationQuerySet, request: SignedIn) -> int:
    """Return the person's place in the waiting list, 0 without one."""
    mine = queue.of(request.user).first()
    return list(queue.values_list("pk", flat=True)).index(mine.pk) + 1 if mine else 0
