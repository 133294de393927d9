"""Pages of who leads a session: the code, the list of who came, walk-ins, corrections, settling."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.people import accounts
from training import attendance, policies, session_credit
from training.attendance_forms import CorrectionForm, FundingForm, WalkInForm, WorthForm
from training.models import Attendance, LiveSession
from training.views import SignedIn


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def credit(request: SignedIn, pk: int) -> HttpResponse:
    """What the session counts for; until it is settled, before and after it was held."""
    session = led(request, pk)
    if session.cancelled_at is not None:
        raise Http404
    if session.is_settled:
        return _who_paid(request, session)
    form = WorthForm(request.POST or None, user=request.user, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            session_credit.say(session, form.worth, by=request.user)
            messages.success(request, _("Saved."))
            return redirect("session", pk)
        except session_credit.SessionSettled:
            return _who_paid(request, session)
    context = {"session": session, "form": form}
    return render(request, "training/sessions/credit.html", context)


def _who_paid(request: SignedIn, session: LiveSession) -> HttpResponse:
    """Of a session that is credit only the funding is said, or said anew."""
    is_sent = request.method == "POST" and "paid-funding" in request.POST
    form = FundingForm(request.POST if is_sent else None, initial={"funding": session.funding})
    if is_sent and form.is_valid():
        session_credit.say_who_paid(session, form.cleaned_data["funding"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("session", session.pk)
    context = {"session": session, "form": form, "refused": True}
    return render(request, "training/sessions/credit.html", context)


@login_required
@require_safe
def code(request: SignedIn, pk: int) -> HttpResponse:
    """The code in large letters, to be shown in the room; as a QR code as well."""
    session = led(request, pk)
    if session.cancelled_at is not None or session.is_settled or not session.check_in_code:
        raise Http404
    address = f"{settings.BASE_URL}{reverse('session', args=[pk])}"
    picture = segno.make(f"{address}?code={session.check_in_code}", error="m", micro=False)
    context = {
        "session": session,
        "address": address,
        "qr": picture.svg_data_uri(scale=6, border=2),
    }
    return render(request, "training/sessions/code.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedIn, pk: int) -> HttpResponse:
    """Who registered and who came; POST records those ticked as there."""
    session = begun(request, pk)
    if request.method == "POST":
        listed = set(session.registrations.standing().values_list("person", flat=True))
        ticked = {pk for pk in listed if str(pk) in request.POST.getlist("there")}
        count = attendance.mark(session, ticked, by=request.user)
        words = ngettext("%(n)d person was recorded.", "%(n)d people were recorded.", count)
        messages.success(request, words % {"n": count})
        return redirect("session_people", pk)
    return render(request, "training/sessions/people.html", _context(session, WalkInForm()))


@login_required
@require_POST
def walk_in(request: SignedIn, pk: int) -> HttpResponse:
    session = begun(request, pk)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        context = _context(session, form)
        return render(request, "training/sessions/people.html", context, status=422)
    row = attendance.walk_in(session, **form.cleaned_data, by=request.user)
    messages.success(request, _("%(name)s is recorded.") % {"name": row.person.name})
    return redirect("session_people", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, pk: int, record: int) -> HttpResponse:
    """Replace one record. What changed meanwhile is shown beside what was typed."""
    session = begun(request, pk)
    rows = session.attendances.select_related("person", "session")
    row = _standing(get_object_or_404(rows, pk=record))
    form = CorrectionForm(request.POST or None, record=row)
    is_stale = False
    if request.method == "POST" and form.is_valid():
        is_stale = form.is_stale
        if not is_stale:
            reason = form.cleaned_data["reason"]
            attendance.correct(row, form.stretches, reason=reason, by=request.user)
            messages.success(request, _("Corrected."))
            return redirect("session_people", pk)
        form.data = {**request.POST.dict(), "record": str(row.pk)}
    context = {"session": session, "row": row, "form": form, "is_stale": is_stale}
    status = 409 if is_stale else 200
    return render(request, "training/sessions/correct.html", context, status=status)


@login_required
@require_POST
def settle(request: SignedIn, pk: int) -> HttpResponse:
    session = begun(request, pk)
    try:
        attendance.settle(session, by=request.user)
    except attendance.TooEarly:
        messages.warning(request, _("The session is not over. Nothing was changed."))
    else:
        messages.success(request, _("Attendance is credit now. The certificates are being made."))
    return redirect("session_people", pk)


def led(request: SignedIn, pk: int) -> LiveSession:
    """Return a session that the person leads; of others there is none."""
    seen = LiveSession.objects.visible_to(request.user).with_places(request.user)
    session = get_object_or_404(seen.select_related("center", "trainer"), pk=pk)
    if not policies.can_lead(request.user, session):
        raise Http404
    return session


def begun(request: SignedIn, pk: int) -> LiveSession:
    """Return a session that the person leads and that has begun."""
    session = led(request, pk)
    if session.cancelled_at is not None or session.is_open:
        raise Http404
    return session


def _standing(row: Attendance) -> Attendance:
    """Follow a record to the one that replaced it last."""
    current = row.session.attendances.current().filter(person=row.person_id)
    return current.select_related("person", "session").get()


def _context(session: LiveSession, form: WalkInForm) -> dict[str, Any]:
    records = list(
        session.attendances.current()
        .select_related("person__discipline", "supersedes")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    known = set(accounts.everybody({row.person_id for row in records}))
    waiting = session.registrations.standing().exclude(person__in=known)
    enough = sum(attendance.is_enough(row, session) for row in records)
    return {
        "session": session,
        "records": [(row, attendance.is_enough(row, session)) for row in records],
        "unrecorded": waiting.select_related("person__discipline").order_by(
            "person__last_name", "person__first_name", "pk"
        ),
        "enough": enough,
        "offers": session.offers.select_related("rule").order_by("rule__name"),
        "form": form,
        "may_settle": session.is_over and not session.is_settled and bool(records),
    }
