"""Asking to remove identifying details from a request or a question."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assistance import lifecycle, policies, redactions
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import Question, Ticket
from assistance.sections import SignedIn, readers
from portal.core.redaction.asking import NotFound
from portal.core.redaction.removing import Place
from portal.people.redaction_forms import RedactForm
from portal.people.sections import members

Texts = list[tuple[Place, Any, str]]


@readers
def of_request(request: SignedIn, number: str) -> HttpResponse:
    """Choose what is to go; it is hidden at once. 404 where this person may not ask."""
    seen = Ticket.objects.submitted().visible_to(request.user).with_people()
    ticket: Ticket = get_object_or_404(seen, number=number)
    parts = policies.parts(request.user, ticket)
    if not lifecycle.may(Work.REDACT, State(ticket.state), parts):
        raise Http404
    texts = redactions.texts_of_request(ticket, request.user)
    about = _("Request %(n)s") % {"n": ticket.number}
    return _ask(request, ticket, texts, about, redactions.ask_on_request)


@members
def of_question(request: SignedIn, pk: int) -> HttpResponse:
    seen = Question.objects.visible_to(request.user).select_related("ticket")
    question: Question = get_object_or_404(seen, pk=pk)
    about = _("Question %(n)s") % {"n": question.pk}
    texts = redactions.texts_of_question(question)
    return _ask(request, question, texts, about, redactions.ask_on_question)


def _ask(
    request: SignedIn, root: Any, texts: Texts, about: str, ask: Callable[..., object]
) -> HttpResponse:
    labels = [(place, label) for place, label, _text in texts]
    form = RedactForm(request.POST if request.method == "POST" else None, texts=labels)
    if request.method == "POST" and form.is_valid():
        try:
            ask(root, by=request.user, **form.asked())
        except NotFound:
            words = _("These words stand in no text here that you can read")
            form.add_error("words", words)
        except NotAllowed:
            form.add_error(None, _("This is not possible as it stands now."))
        else:
            messages.success(request, _("Hidden. A second person decides now whether it goes."))
            return redirect(root)
    context = {
        "form": form,
        "about": about,
        "back": root.get_absolute_url(),
        "shown": [(label, text) for _place, label, text in texts],
    }
    return render(request, "people/redact.html", context)
