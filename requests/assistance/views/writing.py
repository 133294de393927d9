"""Writing a request: new, draft, suggestions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistance import drafts, suggestions
from assistance.drafts import SavedElsewhere
from assistance.forms.request import RequestForm
from assistance.lifecycle import NotAllowed, State
from assistance.models import Ticket
from assistance.sections import SignedIn, writers


@writers
def new(request: SignedIn) -> HttpResponse:
    """An empty form; `?follows=` names the ended request that this one takes up again."""
    form = RequestForm(request.POST or None, user=request.user)
    number = request.GET.get("follows", "")
    seen = Ticket.objects.submitted().visible_to(request.user)
    follows = seen.filter(number=number).first() if number else None
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, follows)
    return _page(request, form, follows=follows)


@writers
def draft(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A draft's page. What was typed into one that is sent or deleted by now is not lost."""
    found = Ticket.objects.filter(uuid=uuid).first()
    is_posting = request.method == "POST"
    if found is None and not is_posting:
        raise Http404
    if found is not None and found.requester_id != request.user.pk:
        raise Http404
    if found is not None and found.state != State.DRAFT and not is_posting:
        return redirect(found)
    form = RequestForm(request.POST or None, user=request.user, draft=found)
    if is_posting and form.is_valid() and form.cleaned_data["key"] == uuid:
        return _keep(request, form, found.follows if found else None)
    return _page(request, form, draft=found)


def _keep(request: SignedIn, form: RequestForm, follows: Ticket | None) -> HttpResponse:
    given: dict[str, Any] = {
        "by": request.user,
        "key": form.cleaned_data["key"],
        "seen": form.cleaned_data["seen"] if "seen" in request.POST else None,
        "follows": follows,
    }
    try:
        if form.is_sending:
            ticket = drafts.send(form.asked(), overrides=form.overrides, **given)
            messages.success(request, _("Sent. You will get a mail at each answer."))
        else:
            ticket = drafts.save(form.asked(), **given)
            messages.success(request, _("Draft saved. Only you can see it."))
    except SavedElsewhere as moved:
        return _page(request, form, draft=moved.row, others=form.again(moved.row), status=409)
    except NotAllowed as error:
        raise Http404 from error
    return redirect(ticket)


def _page(
    request: SignedIn,
    form: RequestForm,
    *,
    draft: Ticket | None = None,
    follows: Ticket | None = None,
    others: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    text = f"{form['subject'].value() or ''} {form['question'].value() or ''}"
    context = {
        "form": form,
        "draft": draft,
        "follows": follows,
        "others": others,
        "suggestions": suggestions.for_text(text, user=request.user),
    }
    return render(request, "assistance/write.html", context, status=status)


@writers
@require_POST
def suggest(request: SignedIn) -> HttpResponse:
    """Pages near what is being typed. Posted, so that no log and no history holds it."""
    text = f"{request.POST.get('subject', '')} {request.POST.get('question', '')}"
    found = suggestions.for_text(text, user=request.user)
    return render(request, "assistance/suggestions.html", {"suggestions": found})


@writers
@require_POST
def discard(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(Ticket.objects.drafts_of(request.user), uuid=uuid)
    drafts.discard(found, by=request.user)
    messages.success(request, _("The draft is deleted."))
    return redirect("assistance:requests")
