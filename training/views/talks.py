"""Talks to people without accounts: the list and its file, logging one, correcting it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal.core import events
from portal.core.row_choice import LONGEST
from portal.core.tables import csv_response
from portal.people.sections import only
from training import measures, outreach, outreach_history, policies, topics
from training.models import OutreachTalk, TalkCount
from training.models.outreach import TalkQuerySet
from training.outreach import Superseded
from training.outreach_forms import TakeBackForm, TalkFilter, TalkForm
from training.views import SignedIn

PER_PAGE = 25
for_speakers = only(policies.can_log_talks)
HEADER = (
    "talk", "day", "center", "county", "how", "minutes", "people", "person_minutes",
    *(each.value for each in TalkCount.Audience), "professions", "topics", "funding", "about",
)  # fmt: skip


@for_speakers
def index(request: SignedIn) -> HttpResponse:
    """The talks of the own centers that stand, with their totals."""
    filters = TalkFilter(request.GET, user=request.user)
    rows = filters.narrow(_seen(request).standing())
    shown = rows.with_heads().select_related("center", "county")  # type: ignore[attr-defined]
    context = {
        "filters": filters,
        "total": measures.talk_total(rows),
        "page_obj": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "training/talks/index.html", context)


@for_speakers
def download(request: SignedIn) -> HttpResponse:
    """The list as it is filtered; who logged a talk is not in it."""
    rows = TalkFilter(request.GET, user=request.user).narrow(_seen(request).standing())
    rows = rows.select_related("center", "county").prefetch_related("counts__discipline")
    events.record("training.talks_exported", actor=request.user)
    return csv_response("talks.csv", HEADER, (_line(talk) for talk in rows))


@for_speakers
def new(request: SignedIn) -> HttpResponse:
    """Log a talk; `?like=` begins with another one, without the people."""
    form = TalkForm(request.POST or None, user=request.user, begins_with=_like(request))
    if request.method == "POST" and form.is_valid():
        made = _keep(request, form)
        return _saved(request, made)
    return render(request, "training/talks/form.html", {"form": form})


@for_speakers
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """What a talk says now, and how it came to it."""
    steps = outreach_history.steps(_find(request, pk))
    shown = next(step.talk for step in steps if step.talk.pk == pk)
    current = steps[0].talk
    there = outreach_history.people(shown)
    heads = sum(number for _label, number in there)
    context = {
        "talk": shown,
        "current": current,
        "is_current": current.pk == pk,
        "sees_current": policies.can_see_talk(request.user, current),
        "steps": steps,
        "topics": [topics.label(topic) for topic in shown.topics],
        "people": there,
        "heads": heads,
        "hours": heads * shown.minutes / 60,
        "may_mend": not current.is_void and policies.can_mend_talk(request.user, current),
        "take_back": TakeBackForm(),
    }
    return render(request, "training/talks/detail.html", context)


@for_speakers
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """A new row in the place of this one; where that is gone, what stands now is shown first."""
    talk = _find(request, pk)
    current = outreach.newest(talk)
    is_asked = request.method != "POST"
    if not policies.can_mend_talk(request.user, talk) or (is_asked and current.is_void):
        raise Http404
    if is_asked and current.pk != pk:
        return redirect("talk_correct", current.pk)
    form = TalkForm(request.POST or None, user=request.user, begins_with=talk, with_people=True)
    context: dict[str, Any] = {"form": form, "talk": talk}
    if request.method != "POST" or not form.is_valid():
        return render(request, "training/talks/form.html", context)
    try:
        return _saved(request, _keep(request, form, corrects=talk))
    except Superseded as error:
        context |= _meanwhile(talk, error.talk)
        return render(request, "training/talks/form.html", context, status=409)


@for_speakers
@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    talk = _find(request, pk)
    form = TakeBackForm(request.POST)
    if not form.is_valid() or not policies.can_mend_talk(request.user, talk):
        raise Http404
    try:
        made = outreach.take_back(talk, by=request.user, key=form.cleaned_data["key"])
    except Superseded:
        messages.warning(request, _("Not taken back: it has changed since. See what stands now."))
        return redirect("talk", pk)
    messages.success(request, _("Taken back. It counts no more, and stays here in sight."))
    return redirect("talk", made.pk)


def _keep(
    request: SignedIn, form: TalkForm, *, corrects: OutreachTalk | None = None
) -> OutreachTalk:
    said: dict[str, Any] = {
        "by": request.user,
        "key": form.cleaned_data["key"],
        "overrides": form.overrides,
    }
    try:
        if corrects is not None:
            return outreach.correct(corrects, form.facts(), **said)
        return outreach.log(form.facts(), **said)
    except PermissionDenied as error:
        raise Http404 from error


def _saved(request: SignedIn, talk: OutreachTalk) -> HttpResponse:
    people = measures.talk_total(OutreachTalk.objects.filter(pk=talk.pk)).people
    words = ngettext("Saved: %(n)d person.", "Saved: %(n)d people.", people) % {"n": people}
    messages.success(request, words)
    return redirect("talk", talk.pk)


def _meanwhile(talk: OutreachTalk, current: OutreachTalk) -> dict[str, Any]:
    """What the other correction changed; sent again, the form corrects what stands now."""
    return {
        "talk": current,
        "is_stale": True,
        "changes": outreach_history.differences(talk, current),
    }


def _seen(request: SignedIn) -> TalkQuerySet:
    return OutreachTalk.objects.visible_to(request.user)


def _find(request: SignedIn, pk: int) -> OutreachTalk:
    return get_object_or_404(_seen(request), pk=pk)


def _like(request: SignedIn) -> OutreachTalk | None:
    number = request.GET.get("like", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST):
        return None
    return _seen(request).filter(pk=number).first()


def _line(talk: OutreachTalk) -> list[Any]:
    counts = list(talk.counts.all())
    heads = sum(row.people for row in counts)
    by_audience = dict.fromkeys(TalkCount.Audience.values, 0)
    for row in counts:
        by_audience[row.audience] += row.people
    said = [f"{row.discipline}: {row.people}" for row in counts if row.discipline]
    return [
        *(talk.pk, talk.happened_on, talk.center or "", talk.county or ""),
        *(talk.get_mode_display(), talk.minutes, heads, heads * talk.minutes),
        *by_audience.values(),
        *("; ".join(said), "; ".join(topics.label(topic) for topic in talk.topics)),
        *(talk.get_funding_display(), talk.title),
    ]
