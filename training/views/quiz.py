"""The quiz, and the end of a module."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from training import answers, credit, evaluations, paths, progress, quizzes
from training.holding import holds_answers
from training.models import Enrolment
from training.posted import chosen_in, key_of
from training.views import SignedIn
from training.views.learning import find_path
from training.views.linked import questions_of


@holds_answers
def quiz(request: SignedIn, slug: str) -> HttpResponse:
    """Start a try, hand it in, and see what came of it."""
    path = find_path(request.user, slug)
    if path.enrolment is None:
        return redirect("module", slug)
    if not path.has_quiz:
        raise Http404
    if request.method == "POST" and "start" in request.POST:
        quizzes.start(path.enrolment)
        return redirect(request.path)
    if request.method == "POST":
        return _submit(request, path, path.enrolment)
    return render(request, "training/quiz.html", _context(path, path.enrolment, {}, {}))


@login_required
def done(request: SignedIn, slug: str) -> HttpResponse:
    """What was achieved, or what is still missing."""
    path = find_path(request.user, slug)
    if path.enrolment is None:
        return redirect("module", slug)
    completion = paths.completion_of(path)
    certificates = list(completion.certificates.all()) if completion else []
    standing = [c for c in certificates if not c.is_superseded and not c.revoked_at]
    context = {
        "path": path,
        "page": path.page,
        "completion": completion,
        "certificate": standing[-1] if standing else None,
        "may_evaluate": evaluations.open_for(request.user, path.page) is not None,
        "waiting": [
            entry
            for entry in credit.of(request.user)
            if entry.completion == completion and entry.state == "evaluation"
        ],
    }
    return render(request, "training/done.html", context)


def _submit(request: SignedIn, path: paths.Path, enrolment: Enrolment) -> HttpResponse:
    attempt = quizzes.open_attempt(enrolment)
    chosen = chosen_in(request.POST, attempt.question_ids) if attempt else {}
    try:
        quizzes.submit(enrolment, key=key_of(request.POST), chosen=chosen)
    except answers.Incomplete as error:
        context = _context(path, enrolment, chosen, error.faults)
        return render(request, "training/quiz.html", context)
    except quizzes.NotStarted:
        pass  # it was handed in from another tab: the page says what came of it
    except progress.KeyTaken as error:
        raise Http404 from error
    return redirect(request.path)


def _context(
    path: paths.Path, enrolment: Enrolment, chosen: answers.Chosen, faults: dict[int, str]
) -> dict[str, object]:
    attempt = quizzes.open_attempt(enrolment) or quizzes.latest(enrolment)
    questions = questions_of(attempt, chosen, faults) if attempt else []
    return {
        "path": path,
        "page": path.page,
        "attempt": attempt,
        "questions": questions,
        "faulty": [q for q in questions if q.fault],
        "right": sum(bool(q.is_right) for q in questions),
        "key": uuid4(),
    }
