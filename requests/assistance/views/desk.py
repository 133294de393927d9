"""Passages for replies, and who covers which topics."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistance import page, passages, policies, seats
from assistance.forms.desk import PassageChoice, PassageForm, SeatForm
from assistance.forms.work import ReplyForm
from assistance.lifecycle import NotAllowed
from assistance.models import Passage, SpecialistSeat
from assistance.sections import SignedIn, keepers, staff
from assistance.views.detail import find, posted


@keepers
def all_passages(request: SignedIn) -> HttpResponse:
    # Django's types do not know a manager of tags as something to prefetch.
    topics: Any = "topics"
    rows = Passage.objects.prefetch_related(topics)
    return render(request, "assistance/passages.html", {"passages": rows})


@keepers
def passage(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """One passage, new or again."""
    found = get_object_or_404(Passage, pk=pk) if pk is not None else None
    form = PassageForm(request.POST or None, passage=found)
    if request.method == "POST" and form.is_valid():
        passages.keep(by=request.user, overrides=form.overrides, **form.cleaned_data)
        messages.success(request, _("The passage is kept."))
        return redirect("assistance:passages")
    context = {"form": form, "passage": found}
    return render(request, "assistance/passage_form.html", context)


@staff
@posted
def insert(request: SignedIn, number: str) -> HttpResponse:
    """Give the reply back with a passage after what was typed; nothing is stored or sent."""
    ticket = find(request, number)
    if not policies.can_see_notes(request.user, ticket):
        raise Http404
    typed = request.POST.get("reply-text", "")
    choice = PassageChoice(request.POST, rows=passages.offered(ticket))
    if choice.is_valid():
        typed = passages.insert(choice.cleaned_data["passage"], typed)
    else:
        messages.error(request, _("Choose a passage first. What you typed is kept."))
    form = ReplyForm.typed(request.POST, ticket=ticket, user=request.user, text=typed)
    context = page.of(ticket, user=request.user, form=form)
    return render(request, "assistance/request.html", context)


@keepers
def all_seats(request: SignedIn) -> HttpResponse:
    """Who covers what and how much each has open; the form adds a seat."""
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seats.give(by=request.user, overrides=form.overrides, **form.cleaned_data)
        except NotAllowed:
            form.add_error("user", _("Requests cannot be given to this person"))
        else:
            messages.success(request, _("Saved."))
            return redirect("assistance:seats")
    rows = SpecialistSeat.objects.current_and_coming().select_related("user")
    context = {
        "form": form,
        "seats": rows.prefetch_related("topics"),
        "people": seats.candidates(),
    }
    return render(request, "assistance/seats.html", context)


@keepers
@require_POST
def end_seat(request: SignedIn, pk: int) -> HttpResponse:
    seats.end(get_object_or_404(SpecialistSeat, pk=pk), by=request.user)
    messages.success(request, _("Ended."))
    return redirect("assistance:seats")
