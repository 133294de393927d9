"""Members ask; coordinators answer or send on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistance import policies, questions, queues
from assistance.forms.question import AnswerForm, AskForm
from assistance.lifecycle import NotAllowed
from assistance.models import Question
from assistance.sections import SignedIn
from portal.core.redaction import showing
from portal.people.sections import members

PER_PAGE = 25


@members
def ask(request: SignedIn) -> HttpResponse:
    """The form, the own questions, and for a coordinator those that wait for an answer."""
    form = AskForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        question = questions.ask(
            by=request.user,
            center=form.chosen_center(),
            subject=values["subject"],
            body=values["body"],
            key=values["key"],
            overrides=form.overrides,
        )
        messages.success(request, _("Your question is sent. You will get a mail at the answer."))
        return redirect(question)
    own = Question.objects.asked_by(request.user).select_related("ticket", "center")
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    waiting = list(queues.questions_to_answer(request.user)[:PER_PAGE])
    showing.prepare([*page.object_list, *waiting])
    context = {"form": form, "page_obj": page, "waiting": waiting}
    return render(request, "assistance/ask.html", context)


@members
def question(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


def _find(request: SignedIn, pk: int) -> Question:
    seen = Question.objects.visible_to(request.user)
    seen = seen.select_related("asker", "center", "ticket", "answered_by")
    return get_object_or_404(seen, pk=pk)


def _page(request: SignedIn, found: Question, form: AnswerForm | None = None) -> HttpResponse:
    is_open = not found.is_answered and bool(found.body)  # no text is left to answer after a year
    may_answer = is_open and policies.can_answer_question(request.user, found)
    ticket = found.ticket
    context = {
        "question": found,
        "form": (form or AnswerForm()) if may_answer else None,
        "may_open_request": ticket is not None and policies.can_see(request.user, ticket),
    }
    return render(request, "assistance/question.html", context)


@members
@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = AnswerForm(request.POST)
    if not policies.can_answer_question(request.user, found):
        raise Http404
    if not form.is_valid():
        return _page(request, found, form)
    try:
        text = form.cleaned_data["text"]
        questions.answer(found, by=request.user, text=text, overrides=form.overrides)
        messages.success(request, _("Your answer is sent."))
    except NotAllowed:
        messages.error(request, _("Somebody else has answered meanwhile; yours was not saved."))
    return redirect(found)


@members
@require_POST
def send_on(request: SignedIn, pk: int) -> HttpResponse:
    """Make a draft request of the question and open it."""
    found = _find(request, pk)
    try:
        return redirect(questions.send_on(found, by=request.user))
    except NotAllowed as error:
        raise Http404 from error
