"""The page of one request, and what is done on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistance import classification, conversation, hours, links, page, tickets
from assistance.forms.work import (
    ActionForm,
    AssignForm,
    ClassifyForm,
    LinkForm,
    NoteForm,
    ReplyForm,
    TimeForm,
    WorkForm,
)
from assistance.lifecycle import Action, NotAllowed
from assistance.models import Ticket
from assistance.sections import SignedIn, readers
from assistance.tickets import Stale, Unmet


@readers
def detail(request: SignedIn, number: str) -> HttpResponse:
    ticket = _find(request, number)
    return render(request, "assistance/request.html", page.of(ticket, user=request.user))


def _find(request: SignedIn, number: str) -> Ticket:
    seen = Ticket.objects.submitted().visible_to(request.user).with_people()
    return get_object_or_404(seen, number=number)


def _do(
    request: SignedIn,
    number: str,
    kind: type[WorkForm],
    change: Callable[[Ticket, Any], object],
    done: str,
) -> HttpResponse:
    """Read a form, make one change, go back; or show the page with what was typed.

    404 for what the table does not allow this person, whatever was posted.
    """
    ticket = _find(request, number)
    form = kind(request.POST, ticket=ticket, user=request.user)
    try:
        if form.is_valid():
            change(ticket, form)
            messages.success(request, done)
            return redirect(ticket)
    except NotAllowed as error:
        raise Http404 from error
    except Unmet as unmet:
        form.add_error(None, page.words_of(unmet.guards))
    except Stale as stale:
        return _again(request, number, form, seen=stale.seen)
    context = page.of(ticket, user=request.user, form=form)
    return render(request, "assistance/request.html", context, status=200)


def _again(request: SignedIn, number: str, form: WorkForm, *, seen: int) -> HttpResponse:
    """The request has moved: show what changed and keep what was typed."""
    ticket = _find(request, number)
    form.again(ticket)
    context = page.of(ticket, user=request.user, form=form, seen=seen)
    return render(request, "assistance/request.html", context, status=409)


@readers
@require_POST
def reply(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: ReplyForm) -> None:
        conversation.reply(
            ticket,
            by=request.user,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            version=form.cleaned_data["version"],
            then=form.cleaned_data["then"],
            minutes=form.cleaned_data["minutes"] or 0,
            overrides=form.overrides,
        )

    return _do(request, number, ReplyForm, change, _("Your reply is sent."))


@readers
@require_POST
def note(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: NoteForm) -> None:
        conversation.note(
            ticket,
            by=request.user,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            overrides=form.overrides,
        )

    return _do(request, number, NoteForm, change, _("The internal note is saved."))


@readers
@require_POST
def assign(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: AssignForm) -> None:
        values = form.cleaned_data
        tickets.assign(ticket, by=request.user, to=values["to"], version=values["version"])

    return _do(request, number, AssignForm, change, _("Assigned."))


@readers
@require_POST
def log_time(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: TimeForm) -> None:
        hours.log(ticket, by=request.user, **form.entry())

    return _do(request, number, TimeForm, change, _("The time is logged."))


@readers
@require_POST
def link(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: LinkForm) -> None:
        links.add(ticket, by=request.user, page=form.cleaned_data["address"])

    return _do(request, number, LinkForm, change, _("The page is linked."))


@readers
@require_POST
def classify(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: ClassifyForm) -> None:
        values = {k: v for k, v in form.cleaned_data.items() if k != "version"}
        classification.classify(ticket, by=request.user, **values)

    return _do(request, number, ClassifyForm, change, _("Saved."))


@readers
@require_POST
def act(request: SignedIn, number: str, action: str) -> HttpResponse:
    """Take one transition of the table; a name that is none is 404 like one not allowed."""
    if action not in set(Action):
        raise Http404

    def change(ticket: Ticket, form: ActionForm) -> None:
        values = form.cleaned_data
        tickets.apply(
            ticket,
            Action(action),
            by=request.user,
            version=values["version"],
            reason=values["reason"],
            target=values["duplicate_of"],
        )

    return _do(request, number, ActionForm, change, _("Done."))
