"""Training from elsewhere, for who took part: the list, handing in, one record and its paper."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core import events, files
from portal.core.redaction import showing
from portal.core.redaction.asking import NotFound
from portal.people.aliases import person_ids
from portal.people.redaction_forms import RedactForm
from portal.people.sections import members
from training import outside, outside_forms, outside_redaction, policies
from training.models import CreditAward, OutsideTraining
from training.outside_forms import OutsideForm
from training.views import SignedIn

PAGE_SIZE = 25


@members
def mine(request: SignedIn) -> HttpResponse:
    """All that the person handed in, with its state and what it counts for."""
    rows = OutsideTraining.objects.of(request.user).with_outcome()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    showing.prepare(page.object_list)
    return render(request, "training/outside/mine.html", {"page_obj": page})


@members
def new(request: SignedIn) -> HttpResponse:
    form, twice = _form(request), None
    if request.method == "POST" and form.is_valid():
        assert form.upload is not None  # noqa: S101  the field is required
        said = {"by": request.user, "key": form.cleaned_data["key"], "overrides": form.overrides}
        try:
            row = outside.hand_in(form.facts, form.upload, **said)
            messages.success(request, _("Sent. You get a mail when it is reviewed."))
            return redirect(row)
        except outside.NotAllowed as error:
            raise Http404 from error
        except outside.Twice as found:
            twice = _twice(form, found)
    return render(request, "training/outside/new.html", {"form": form, "twice": twice})


@members
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One record; POST sends a returned one once more."""
    row = find(request, pk)
    if request.method == "POST":
        return _again(request, row)
    form = _form(request, row) if row.can_be_sent and _is_own(request, row) else None
    return _page(request, row, form=form)


@members
@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    row = find(request, pk)
    try:
        outside.withdraw(row, by=request.user)
        messages.success(request, _("Withdrawn. Its paper is removed."))
    except outside.NotAllowed as error:
        raise Http404 from error
    except outside.Stale:
        messages.error(request, _("It is accepted meanwhile, so it stays on your record."))
    return redirect(row)


@members
def fetch(request: SignedIn, pk: int) -> HttpResponseBase:
    """Give the paper out to be saved, never opened in our name."""
    row = find(request, pk)
    if not row.may_be_had or row.pk in showing.hidden_in(OutsideTraining, "name"):
        raise Http404
    events.record("training.outside_fetched", actor=request.user, subject=row)
    response = files.send(request, str(row.file.name), filename=row.name)
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "no-store"
    return response


@members
def redact(request: SignedIn, pk: int) -> HttpResponse:
    """Ask to remove identifying details; they are hidden at once."""
    row = find(request, pk)
    texts = outside_redaction.texts_of(row)
    labels = [(place, label) for place, label, _text in texts]
    form = RedactForm(request.POST if request.method == "POST" else None, texts=labels)
    if request.method == "POST" and form.is_valid():
        try:
            outside_redaction.ask(row, by=request.user, **form.asked())
            messages.success(request, _("Hidden. A second person decides now whether it goes."))
            return redirect(row)
        except NotFound:
            form.add_error("words", _("These words stand in no text here that you can read"))
    about = _("Outside training %(n)s") % {"n": row.pk}
    shown = [(label, text) for _place, label, text in texts]
    context = {"form": form, "about": about, "back": row.get_absolute_url(), "shown": shown}
    return render(request, "people/redact.html", context)


def find(request: SignedIn, pk: int) -> OutsideTraining:
    seen = OutsideTraining.objects.visible_to(request.user).with_outcome()
    return get_object_or_404(seen.select_related("person", "reviewed_by"), pk=pk)


def _form(request: SignedIn, row: OutsideTraining | None = None) -> OutsideForm:
    if request.method != "POST":
        return OutsideForm(user=request.user, row=row)
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    is_cut = sent > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    more: dict[str, Any] = {"files": request.FILES, "is_cut": is_cut}
    return OutsideForm(request.POST, user=request.user, row=row, **more)


def _again(request: SignedIn, row: OutsideTraining) -> HttpResponse:
    form = _form(request, row)
    if not _is_own(request, row):
        raise Http404
    more: dict[str, Any] = {}
    try:
        if form.is_valid():
            outside.send_again(
                row,
                form.facts,
                by=request.user,
                key=form.cleaned_data["key"],
                version=form.cleaned_data["version"] or 0,
                upload=form.upload,
                overrides=form.overrides,
            )
            messages.success(request, _("Sent again. You get a mail when it is reviewed."))
            return redirect(row)
    except outside.Twice as found:
        more = {"twice": _twice(form, found)}
    except (outside.Stale, outside.NoPaper):
        return _moved(request, find(request, row.pk), form)
    return _page(request, row, form=form, **more)


def _moved(request: SignedIn, row: OutsideTraining, form: OutsideForm) -> HttpResponse:
    """It was sent or decided meanwhile: show how it stands, and what differs."""
    differs = outside_forms.changed(form, row)
    form.again(row)
    again = form if row.can_be_sent else None
    return _page(request, row, status=409, form=again, has_moved=True, differs=differs)


def _twice(form: OutsideForm, found: outside.Twice) -> OutsideTraining:
    form.add_error("file", _("You handed this paper in already."))
    return found.row


def _is_own(request: SignedIn, row: OutsideTraining) -> bool:
    return row.person_id in person_ids(request.user)


def _page(
    request: SignedIn, row: OutsideTraining, *, status: int = 200, **more: Any
) -> HttpResponse:
    is_own = _is_own(request, row)
    context = {
        "row": row,
        "withheld": showing.hidden_in(OutsideTraining, "name"),
        "is_own": is_own,
        "awards": awards_for(request, row),
        "alike": outside.alike(row) if is_own and row.can_be_withdrawn else [],
        "may_review": policies.can_review_outside(request.user, row),
        "may_annul": policies.can_annul(request.user) and row.completed and not row.is_annulled,
        **more,
    }
    return render(request, "training/outside/detail.html", context, status=status)


def awards_for(request: SignedIn, row: OutsideTraining) -> list[CreditAward]:
    """Return what it counts for; of licences only the person and who reviews see anything."""
    awards = list(row.completed.awards.all()) if row.completed else []
    if _is_own(request, row) or policies.reviews_outside(request.user):
        return awards
    return [award for award in awards if not award.rule.is_licence]
