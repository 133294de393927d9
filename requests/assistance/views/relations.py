"""Tying requests together, splitting one in two, and watching."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assistance import lifecycle, policies, relations, watching
from assistance.forms.relations import MergeForm, RelateForm, SplitForm, WatchForm
from assistance.lifecycle import NotAllowed, Work
from assistance.models import Relation, Ticket
from assistance.sections import SignedIn, readers
from assistance.views.detail import do, find, posted


@readers
@posted
def relate(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: RelateForm) -> None:
        relations.relate(ticket, by=request.user, to=form.cleaned_data["number"])

    return do(request, number, Work.RELATE, change, _("The two requests are tied together."))


@readers
@posted
def part(request: SignedIn, number: str, pk: int) -> HttpResponse:
    ticket = find(request, number)
    if not policies.parts(request.user, ticket) & lifecycle.who(Work.RELATE):
        raise Http404
    seen = Relation.objects.of(ticket).visible_to(request.user)
    relation = get_object_or_404(seen.select_related("earlier", "later"), pk=pk)
    try:
        relations.part(ticket, by=request.user, relation=relation)
        messages.success(request, _("The two requests are no longer tied."))
    except NotAllowed:
        messages.error(request, _("This is not possible as the requests stand now."))
    return redirect(ticket)


@readers
@posted
def merge(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: MergeForm) -> None:
        values = form.cleaned_data
        relations.merge(ticket, by=request.user, into=values["into"], version=values["version"])

    return do(request, number, Work.MERGE, change, _("Merged. It goes on in the other request."))


@readers
@posted
def watch(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: WatchForm) -> None:
        person = form.cleaned_data["person"] or request.user
        step: Any = watching.stop if form.cleaned_data["stop"] else watching.start
        step(ticket, user=person, by=request.user)

    return do(request, number, Work.WATCH, change, _("Saved."))


@readers
def split(request: SignedIn, number: str) -> HttpResponse:
    """Write the second request out of one that asks two things."""
    ticket = find(request, number)
    if not policies.parts(request.user, ticket) & lifecycle.who(Work.SPLIT):
        raise Http404
    form = SplitForm(
        request.POST if request.method == "POST" else None, ticket=ticket, user=request.user
    )
    if form.is_bound and form.is_valid():
        try:
            made = relations.split(
                ticket,
                form.second(),
                by=request.user,
                key=form.cleaned_data["key"],
                overrides=form.overrides,
            )
        except NotAllowed:
            form.add_error(None, _("This is not possible as the request stands now."))
        else:
            messages.success(
                request, _("Request %(number)s is made.") % {"number": made.number or ""}
            )
            return redirect(made)
    return render(request, "assistance/split.html", {"ticket": ticket, "form": form})
