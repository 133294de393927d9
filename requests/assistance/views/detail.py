"""The page of one request, and what is done on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance import (
    classification,
    conversation,
    hours,
    lifecycle,
    links,
    page,
    policies,
    reading,
    tickets,
    timeline,
)
from assistance.attachments import NotStored, TooMany
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
from assistance.lifecycle import Action, NotAllowed, Work
from assistance.models import Ticket
from assistance.sections import SignedIn, readers
from assistance.tickets import Stale, Unmet
from portal.core import events
from portal.core.prepared import prepared
from portal.people import roles

NOT_STORED = gettext_lazy(
    "The file could not be stored just now, and nothing was sent. Send your words without it, or "
    "choose it again in a few minutes."
)


@readers
def detail(request: SignedIn, number: str) -> HttpResponse:
    ticket, there = _with_parts(request, number)
    events.record("request.viewed", actor=request.user, subject=ticket, center_id=ticket.center_id)
    return _page(request, ticket, there=there)


@readers
def news(request: SignedIn, number: str, version: int) -> HttpResponse:
    """What has changed since the page was opened; asked for once a minute by htmx."""
    found = timeline.since(find(request, number), version)
    return render(request, "assistance/news.html", {"news": found})


def find(request: SignedIn, number: str) -> Ticket:
    for ticket in _seen(number.replace("\0", ""), *roles.plain(request.user)):
        return ticket
    raise Http404


@prepared
def _seen(number: str, user_id: int, held: tuple[str, ...], centers: list[int]) -> QuerySet[Ticket]:
    seen = Ticket.objects.submitted().visible_to(roles.holder(user_id, held, centers))
    return seen.filter(number=number)


def _with_parts(request: SignedIn, number: str) -> tuple[Ticket, frozenset[str]]:
    """Find it for its page: with the people on it, and what else there is to read."""
    found = reading.find(number.replace("\0", ""), user=request.user)
    if found is None:
        raise Http404
    return found


def do(
    request: SignedIn,
    number: str,
    doing: Work | Action,
    change: Callable[[Ticket, Any], object],
    done: str,
) -> HttpResponse:
    """Read a form, make one change, go back; or show the page with what was typed.

    404 for those who may never do this on this request; where only its state forbids it by now,
    the page says so and keeps the text.
    """
    ticket = find(request, number)
    if not policies.parts(request.user, ticket) & lifecycle.who(doing):
        raise Http404
    form = page.read(doing, request, ticket)
    try:
        if form.is_valid():
            change(ticket, form)
            messages.success(request, done)
            return redirect(ticket)
    except NotAllowed:
        form.add_error(None, _("This is not possible as the request stands now."))
    except Unmet as unmet:
        form.add_error(None, page.words_of(unmet.guards))
    except TooMany:
        form.add_error("file", _("A request holds ten files, 25 MB together. Remove one first."))
    except NotStored:
        form.add_error("file", NOT_STORED)
    except Stale as stale:
        return _again(request, number, form, seen=stale.seen)
    ticket, there = _with_parts(request, number)
    return _page(request, ticket, form=form, there=there)


def _again(request: SignedIn, number: str, form: WorkForm, *, seen: int) -> HttpResponse:
    """The request has moved: show what changed and keep what was typed."""
    ticket, there = _with_parts(request, number)
    form.again(ticket)
    return _page(request, ticket, status=409, form=form, seen=seen, there=there)


def _page(request: SignedIn, ticket: Ticket, *, status: int = 200, **more: Any) -> HttpResponse:
    context = page.of(ticket, user=request.user, **more)
    return render(request, "assistance/request.html", context, status=status)


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take posts; the address of an action opened by itself leads to its request."""

    @wraps(view)
    def taking(request: SignedIn, number: str, **kwargs: str) -> HttpResponse:
        if request.method != "POST":
            return redirect("assistance:request", number)
        return view(request, number, **kwargs)

    return taking


@readers
@posted
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
            upload=form.upload,
        )

    return do(request, number, Work.REPLY, change, _("Your reply is sent."))


@readers
@posted
def note(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: NoteForm) -> None:
        conversation.note(
            ticket,
            by=request.user,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            overrides=form.overrides,
            upload=form.upload,
        )

    return do(request, number, Work.NOTE, change, _("The internal note is saved."))


@readers
@posted
def assign(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: AssignForm) -> None:
        values = form.cleaned_data
        tickets.assign(ticket, by=request.user, to=values["to"], version=values["version"])

    return do(request, number, Work.ASSIGN, change, _("Assigned."))


@readers
@posted
def log_time(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: TimeForm) -> None:
        hours.log(ticket, by=request.user, **form.entry())

    return do(request, number, Work.LOG_TIME, change, _("The time is logged."))


@readers
@posted
def link(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: LinkForm) -> None:
        values = form.cleaned_data
        links.add(ticket, by=request.user, page=values["address"], key=values["key"])

    return do(request, number, Work.LINK, change, _("The page is linked."))


@readers
@posted
def classify(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: ClassifyForm) -> None:
        # Only what this person changed: an older form must not lift another's legal hold.
        changed = {k: form.cleaned_data[k] for k in form.changed_data if k != "version"}
        classification.classify(ticket, by=request.user, **changed)

    return do(request, number, Work.CLASSIFY, change, _("Saved."))


@readers
@posted
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

    return do(request, number, Action(action), change, _("Saved."))
