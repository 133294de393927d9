"""Activity records: the list, one record, writing and approving it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistance import activities, lifecycle, policies
from assistance.forms.activity import ApproveForm, GoalForm, RecordFilter, RecordForm
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import ActivityRecord, NextStep, Ticket
from assistance.models.activity import ActivityQuerySet
from assistance.sections import SignedIn, staff, writers
from assistance.tickets import Stale
from assistance.views.detail import find
from portal.core import events
from portal.core.redaction import showing
from portal.core.tables import csv_response

PER_PAGE = 50


@writers
def index(request: SignedIn) -> HttpResponse:
    """What was done: the staff's records, and what is approved of a coordinator's centers."""
    filters = RecordFilter(request.GET, rows=_seen(request))
    rows = filters.narrowed().with_people().with_goal_status()
    context = {
        "filters": filters,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "is_staff": policies.is_staff(request.user),
    }
    events.record("activity.listed", actor=request.user)
    return render(request, "assistance/activities.html", context)


@staff
def export(request: SignedIn) -> HttpResponse:
    """The list as it is filtered, as a file; working notes are not in it."""
    rows = RecordFilter(request.GET, rows=_seen(request)).narrowed()
    rows = rows.with_people().with_goal_status().prefetch_related("participants", "topics")
    showing.prepare(rows)
    events.record("activity.exported", actor=request.user)
    return csv_response("activities.csv", HEADER, (_line(row) for row in rows))


HEADER = (
    "record", "request", "center", "day", "type", "method", "length_minutes", "attendees",
    "contact_minutes", "professions", "topics", "goal", "goal_status", "funding", "approved",
    "corrects",
)  # fmt: skip


def _line(row: Any) -> tuple[Any, ...]:
    return (
        row.pk,
        row.ticket.number if row.ticket else "",
        row.center.name,
        row.happened_on,
        row.get_type_display(),
        row.get_method_display(),
        row.minutes,
        row.attendees,
        row.contact_minutes,
        ", ".join(each.name for each in row.participants.all()),
        ", ".join(row.topic_words),
        showing.words(row, "goal"),
        row.goal_now if row.goal else "",
        row.get_funding_display(),
        row.approved_at,
        row.corrects_id,
    )


def _seen(request: SignedIn) -> ActivityQuerySet:
    return ActivityRecord.objects.visible_to(request.user)


def _find(request: SignedIn, pk: int) -> ActivityRecord:
    return get_object_or_404(_seen(request).with_people().with_goal_status(), pk=pk)


@writers
def record(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(request, pk)
    events.record("activity.viewed", actor=request.user, subject=found, center_id=found.center_id)
    return _page(request, found)


def _page(
    request: SignedIn, found: ActivityRecord, form: GoalForm | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    works = policies.works_on_record(user, found)
    steps = _steps(found)
    changes = found.goal_changes.select_related("changed_by")
    showing.prepare([found, *steps, *changes])
    goal_form = form or GoalForm(status=getattr(found, "goal_now", ""))
    context = {
        "record": found,
        "works": works,
        "may_change": policies.can_change_record(user, found),
        "approve": ApproveForm(initial={"version": found.version})
        if policies.can_approve_record(user, found)
        else None,
        "may_correct": works and found.is_approved and not hasattr(found, "correction"),
        "steps": [(s, policies.can_finish_step(user, s)) for s in steps],
        "changes": changes,
        "goal_form": goal_form if works and found.goal else None,
        "bound": form,
        "correction": _seen(request).filter(corrects=found).first(),
        "may_open_request": found.ticket is not None and policies.can_see(user, found.ticket),
    }
    return render(request, "assistance/activity.html", context, status=status)


def _steps(found: ActivityRecord) -> list[NextStep]:
    steps = list(found.steps.all())
    for step in steps:
        step.record = found
    return steps


@staff
def new(request: SignedIn) -> HttpResponse:
    """A record of a center, for what nobody wrote a request about."""
    return _write(request, ticket=None)


@staff
def new_of_request(request: SignedIn, number: str) -> HttpResponse:
    ticket = find(request, number)
    if not lifecycle.may(Work.RECORD, State(ticket.state), policies.parts(request.user, ticket)):
        raise Http404
    return _write(request, ticket=ticket)


@staff
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """A new record in the place of an approved one."""
    found = _find(request, pk)
    if not policies.works_on_record(request.user, found) or not found.is_approved:
        raise Http404
    if hasattr(found, "correction"):
        return redirect(found.correction)
    return _write(request, ticket=found.ticket, corrects=found)


def _write(
    request: SignedIn, *, ticket: Ticket | None, corrects: ActivityRecord | None = None
) -> HttpResponse:
    form = RecordForm(request.POST or None, ticket=ticket, record=corrects)
    if corrects is not None:
        del form.fields["staff_minutes"]  # the time is logged already, and mended on its own
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = activities.record(
                form.content(),
                by=request.user,
                key=values["key"],
                ticket=ticket,
                center=values.get("center"),
                corrects=corrects,
                staff_minutes=values.get("staff_minutes") or 0,
                overrides=form.overrides,
            )
        except NotAllowed:
            form.add_error(None, _("This is not possible as things stand now."))
        else:
            messages.success(request, _("The record is kept. It counts when it is approved."))
            return redirect(made)
    context = {"form": form, "ticket": ticket, "corrects": corrects}
    return render(request, "assistance/activity_form.html", context)


@staff
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(request, pk)
    if not policies.can_change_record(request.user, found):
        raise Http404
    form = RecordForm(request.POST or None, record=found, is_new=False)
    is_logged = found.time_entries.exists()
    if is_logged:
        del form.fields["staff_minutes"]
    context: dict[str, Any] = {"form": form, "ticket": found.ticket, "record": found}
    if request.method != "POST" or not form.is_valid():
        return render(request, "assistance/activity_form.html", context)
    values = form.cleaned_data
    try:
        activities.change(
            found,
            form.content(),
            by=request.user,
            version=values["version"],
            staff_minutes=values.get("staff_minutes") or 0,
            overrides=form.overrides,
        )
    except Stale:
        form.again(_find(request, pk).version)
        context |= {"is_stale": True}
        return render(request, "assistance/activity_form.html", context, status=409)
    except NotAllowed:
        form.add_error(None, _("This is not possible as things stand now."))
        return render(request, "assistance/activity_form.html", context)
    messages.success(request, _("The record is changed."))
    return redirect(found)


@staff
@require_POST
def approve(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(request, pk)
    if not policies.can_keep_desk(request.user):
        raise Http404
    form = ApproveForm(request.POST)
    try:
        if form.is_valid():
            activities.approve(found, by=request.user, version=form.cleaned_data["version"])
            messages.success(request, _("Approved. The record is locked; its notes are wiped."))
    except Stale:
        messages.error(request, _("Not approved: the record has changed. Read it again first."))
    return redirect(found)


@staff
@require_POST
def goal(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = GoalForm(request.POST)
    if not policies.works_on_record(request.user, found):
        raise Http404
    if not form.is_valid():
        return _page(request, found, form)
    values = form.cleaned_data
    try:
        activities.move_goal(
            found,
            by=request.user,
            status=values["status"],
            reason=values["reason"],
            key=values["key"],
        )
        messages.success(request, _("Saved."))
    except NotAllowed:
        messages.error(request, _("This record has no goal."))
    return redirect(found)


@writers
@require_POST
def finish(request: SignedIn, pk: int, step: int) -> HttpResponse:
    """Say that a next step is done."""
    found = _find(request, pk)
    row = get_object_or_404(NextStep, record=found, pk=step)
    try:
        activities.finish(row, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Done."))
    return redirect(found)
