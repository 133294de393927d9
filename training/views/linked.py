"""The linked questions: before the module, six months later, and what was missed once more."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from training import answers, follow_ups, paths, progress, quizzes
from training.holding import holds_answers
from training.models import Enrolment, FollowUp, QuizAttempt
from training.posted import chosen_in, key_of
from training.views import SignedIn
from training.views.learning import find_path

Kind = QuizAttempt.Kind


@holds_answers
def before(request: SignedIn, slug: str) -> HttpResponse:
    """A few questions before the module, if one likes."""
    path, enrolment = _begun(request, slug)
    return _answer(request, path, enrolment, Kind.BEFORE)


@holds_answers
def later(request: SignedIn, slug: str) -> HttpResponse:
    """The same questions six months after the module was completed."""
    path, enrolment = _begun(request, slug)
    return _answer(request, path, enrolment, Kind.LATER)


@holds_answers
def again(request: SignedIn, slug: str) -> HttpResponse:
    """What was missed then, as often as one likes."""
    path, enrolment = _begun(request, slug)
    return _answer(request, path, enrolment, Kind.AGAIN)


@login_required
@require_POST
def decline(request: SignedIn, slug: str) -> HttpResponse:
    """Leave the later questions out; the completion stays as it is."""
    _path, enrolment = _begun(request, slug)
    row = FollowUp.objects.open().filter(enrolment=enrolment).first()
    if row is not None:
        follow_ups.decline(row)
    return redirect("module", slug)


def _begun(request: SignedIn, slug: str) -> tuple[paths.Path, Enrolment]:
    path = find_path(request.user, slug)
    if path.enrolment is None:
        raise Http404
    return path, path.enrolment


def _answer(
    request: SignedIn, path: paths.Path, enrolment: Enrolment, kind: QuizAttempt.Kind
) -> HttpResponse:
    """Start, hand in, and see what came of it; 404 when nothing of the kind is to be asked."""
    chosen: answers.Chosen = {}
    faults: dict[int, str] = {}
    if request.method == "POST":
        try:
            chosen = _post(request, enrolment, kind)
        except answers.Incomplete as error:
            faults = error.faults
            chosen = _chosen(request, enrolment, kind)
        else:
            return redirect(request.path)
    context = _context(path, enrolment, kind, chosen, faults)
    return render(request, f"training/{kind.value}.html", context)


def _post(request: SignedIn, enrolment: Enrolment, kind: QuizAttempt.Kind) -> answers.Chosen:
    """Start a try or hand it in."""
    chosen = _chosen(request, enrolment, kind)
    try:
        if "start" in request.POST:
            quizzes.start(enrolment, kind)
        else:
            quizzes.submit(enrolment, kind, key=key_of(request.POST), chosen=chosen)
    except quizzes.NotStarted:
        pass  # it was handed in from another tab: the page says what came of it
    except (quizzes.NoQuiz, progress.KeyTaken) as error:
        raise Http404 from error
    return chosen


def _chosen(request: SignedIn, enrolment: Enrolment, kind: QuizAttempt.Kind) -> answers.Chosen:
    attempt = quizzes.open_attempt(enrolment, kind)
    return chosen_in(request.POST, attempt.question_ids) if attempt else {}


def _context(
    path: paths.Path,
    enrolment: Enrolment,
    kind: QuizAttempt.Kind,
    chosen: answers.Chosen,
    faults: dict[int, str],
) -> dict[str, object]:
    assert path.outline is not None  # noqa: S101 - somebody began it
    attempt = quizzes.open_attempt(enrolment, kind) or quizzes.latest(enrolment, kind)
    to_ask = quizzes.asked(enrolment, kind, path.outline)
    if attempt is None and not to_ask:
        raise Http404
    questions = questions_of(attempt, chosen, faults) if attempt else []
    return {
        "path": path,
        "page": path.page,
        "attempt": attempt,
        "questions": questions,
        "count": len(to_ask),
        "missed": len(quizzes.missed(enrolment, path.outline)),
        "right": sum(bool(q.is_right) for q in questions),
        "faulty": [q for q in questions if q.fault],
        "key": uuid4(),
    }


def questions_of(
    attempt: QuizAttempt, chosen: answers.Chosen, faults: dict[int, str]
) -> list[answers.Question]:
    """Return an attempt's questions; an open one with what was chosen so far."""
    seed = f"{attempt.kind}-{attempt.pk}"
    if attempt.closed_at is not None:
        return answers.of_attempt(attempt, seed=seed)
    versions = answers.load(attempt.question_ids)
    return answers.blank(versions, seed=seed, chosen=chosen, faults=faults)
