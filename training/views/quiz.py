"""The questions of a module: its quiz, the linked ones before it and months later; and its end."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.people.models import User
from training import answers, credit, evaluations, follow_ups, paths, progress, quizzes
from training.holding import holds_answers
from training.models import Completion, Enrolment, FollowUp, QuizAttempt
from training.posted import chosen_in, key_of
from training.views import SignedIn
from training.views.learning import find_path

Kind = QuizAttempt.Kind


@holds_answers
def quiz(request: SignedIn, slug: str) -> HttpResponse:
    return _answer(request, slug, Kind.QUIZ)


@holds_answers
def before(request: SignedIn, slug: str) -> HttpResponse:
    """A few questions before the module, if one likes."""
    return _answer(request, slug, Kind.BEFORE)


@holds_answers
def later(request: SignedIn, slug: str) -> HttpResponse:
    """The same questions six months after the module was completed."""
    return _answer(request, slug, Kind.LATER)


@holds_answers
def again(request: SignedIn, slug: str) -> HttpResponse:
    """What was missed then, as often as one likes."""
    return _answer(request, slug, Kind.AGAIN)


@login_required
@require_POST
def decline(request: SignedIn, slug: str) -> HttpResponse:
    """Leave the later questions out; the completion stays as it is."""
    path = find_path(request.user, slug)
    row = FollowUp.objects.open().filter(enrolment=path.enrolment).first()
    if row is not None:
        follow_ups.decline(row)
    return redirect("module", slug)


@login_required
def done(request: SignedIn, slug: str) -> HttpResponse:
    """What was achieved, or what is still missing."""
    path = find_path(request.user, slug)
    if path.enrolment is None:
        return redirect("module", slug)
    completion = paths.completion_of(path)
    context = {"path": path, "page": path.page, "completion": completion}
    if completion is not None:
        context |= _achieved(request.user, path, completion)
    return render(request, "training/done.html", context)


def _achieved(person: User, path: paths.Path, completion: Completion) -> dict[str, object]:
    papers = completion.certificates.all()
    standing = [c for c in papers if not c.is_superseded and not c.revoked_at]
    return {
        "certificate": standing[-1] if standing else None,
        "may_evaluate": evaluations.open_for(person, path.page) is not None,
        "waiting": [
            entry
            for entry in credit.of(person)
            if entry.completion == completion and entry.state == "evaluation"
        ],
    }


def _answer(request: SignedIn, slug: str, kind: QuizAttempt.Kind) -> HttpResponse:
    """Start a try, hand it in, and see what came of it; 404 when there is nothing to ask."""
    faults: dict[int, str] = {}
    if request.method == "POST":
        try:
            return _post(request, slug, kind)
        except answers.Incomplete as error:
            faults = error.faults
    path = find_path(request.user, slug)
    if path.enrolment is None:
        return redirect("module", slug)
    posted = request.POST if faults else None
    context = _context(path, path.enrolment, kind, posted, faults)
    return render(request, f"training/{kind.value}.html", context)


@transaction.atomic
def _post(request: SignedIn, slug: str, kind: QuizAttempt.Kind) -> HttpResponse:
    """Take what was posted and lead back to the page; Incomplete with nothing stored."""
    path = find_path(request.user, slug, locks=True)
    if path.enrolment is None:
        return redirect("module", slug)
    try:
        if "start" in request.POST:
            quizzes.start(path.enrolment, kind)
        else:
            key = key_of(request.POST)
            quizzes.submit_locked(path.enrolment, kind, key=key, chosen=request.POST)
    except quizzes.NotStarted:
        pass  # it was handed in from another tab: the page says what came of it
    except (quizzes.NoQuiz, progress.KeyTaken) as error:
        raise Http404 from error
    return redirect(request.path)


def _context(
    path: paths.Path,
    enrolment: Enrolment,
    kind: QuizAttempt.Kind,
    posted: QueryDict | None,
    faults: dict[int, str],
) -> dict[str, object]:
    assert path.outline is not None  # noqa: S101 - somebody began it
    attempt = quizzes.open_attempt(enrolment, kind) or quizzes.latest(enrolment, kind)
    to_ask = [] if attempt else quizzes.asked(enrolment, kind, path.outline)
    if attempt is None and not to_ask:
        raise Http404
    questions = _questions(attempt, posted, faults) if attempt else []
    looks_back = kind in {Kind.LATER, Kind.AGAIN}
    return {
        "path": path,
        "page": path.page,
        "attempt": attempt,
        "questions": questions,
        "count": len(to_ask),
        "missed": len(quizzes.missed(enrolment, path.outline)) if looks_back else 0,
        "right": sum(bool(q.is_right) for q in questions),
        "faulty": [q for q in questions if q.fault],
        "key": uuid4(),
    }


def _questions(
    attempt: QuizAttempt, posted: QueryDict | None, faults: dict[int, str]
) -> list[answers.Question]:
    """Return an attempt's questions; an open one with what was chosen so far."""
    seed = f"{attempt.kind}-{attempt.pk}"
    if attempt.closed_at is not None:
        return answers.of_attempt(attempt, seed=seed)
    versions = answers.load(attempt.question_ids)
    chosen = chosen_in(posted, attempt.question_ids) if posted else {}
    return answers.blank(versions, seed=seed, chosen=chosen, faults=faults)
