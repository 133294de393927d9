"""A module and its lessons, as learners meet them."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from portal.people.models import User
from training import answers, enrolments, paths, progress, updates
from training.holding import holds_answers
from training.models import FollowUp, ModulePage
from training.outline import Lesson
from training.posted import chosen_in, key_of
from training.views import SignedIn


def find_path(user: User, slug: str, *, locks: bool = False) -> paths.Path:
    """Return the person's way through a module, or answer 404."""
    try:
        return paths.find(user, slug, locks=locks)
    except ModulePage.DoesNotExist as error:
        raise Http404 from error


@login_required
def module(request: SignedIn, slug: str) -> HttpResponse:
    """What the module is and what was done of it; POST starts it."""
    path = find_path(request.user, slug)
    if request.method == "POST":
        try:
            enrolments.enrol(person=request.user, module=path.page)
        except enrolments.NotOpen as error:
            raise Http404 from error
        if path.linked and "before" in request.POST:
            return redirect("before", slug)
        return redirect("lesson", slug, 1)
    context = {"path": path, "page": path.page, "review_state": path.review_state}
    if path.enrolment is not None and path.is_complete:
        context |= {
            "asked_again": enrolments.assigned_again(path.enrolment),
            "follow_up": FollowUp.objects.open().filter(enrolment=path.enrolment).first(),
            "updates": updates.unread(request.user, path.page),
        }
    return render(request, "training/module.html", context)


@holds_answers
def lesson(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """One lesson, by its place in the module; POST marks it read, with the answers to its check."""
    if request.method == "POST":
        return _hand_in(request, slug, number)
    return _show(request, slug, number, {}, {})


def _show(
    request: SignedIn, slug: str, number: int, chosen: answers.Chosen, faults: dict[int, str]
) -> HttpResponse:
    path = find_path(request.user, slug)
    if path.enrolment is None:
        return redirect("module", slug)
    step = path.step(number)
    if step is None:
        raise Http404
    return render(request, "training/lesson.html", _context(path, step, chosen, faults))


def _hand_in(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """The page is built outside the transaction; what cannot be taken stores nothing."""
    chosen: answers.Chosen = {}
    try:
        with transaction.atomic():
            path = find_path(request.user, slug, locks=True)
            if path.enrolment is None:
                return redirect("module", slug)
            lesson = path.lesson(number)
            if lesson is None:
                raise Http404
            chosen = chosen_in(request.POST, lesson.questions)
            return _record(request, path, number, lesson, chosen)
    except answers.Incomplete as error:
        return _show(request, slug, number, chosen, error.faults)


def _record(
    request: SignedIn, path: paths.Path, number: int, lesson: Lesson, chosen: answers.Chosen
) -> HttpResponse:
    assert path.enrolment is not None  # noqa: S101
    try:
        outcome = progress.record_locked(
            path.enrolment, lesson_id=lesson.id, key=key_of(request.POST), answers=chosen
        )
    except progress.KeyTaken as error:
        raise Http404 from error
    if outcome.attempt is not None:
        return redirect(f"{request.path}#check")
    return redirect(after(path, number))


def after(path: paths.Path, number: int) -> str:
    """Return the address that comes after a lesson: the next one, the quiz, or the end."""
    base = f"/training/{path.page.slug}/"
    if number < path.count:
        return f"{base}{number + 1}/"
    return f"{base}quiz/" if path.has_quiz else f"{base}done/"


def _context(
    path: paths.Path, step: paths.Step, chosen: answers.Chosen, faults: dict[int, str]
) -> dict[str, object]:
    assert path.enrolment is not None  # noqa: S101
    lesson = step.lesson
    attempt = None
    seed = f"check-{path.enrolment.pk}"
    last = None
    if lesson.id in path.facts.tried:
        is_passed = step.state == paths.DONE
        last = progress.latest_check(path.enrolment, lesson.id, is_passed=is_passed)
    if last is not None and not faults:
        attempt, rows = last
        questions = answers.of_attempt(attempt, seed=seed, rows=rows)
    else:
        versions = answers.load(lesson.questions)
        questions = answers.blank(versions, seed=seed, chosen=chosen, faults=faults)
    return {
        "path": path,
        "page": path.page,
        "step": step,
        "lesson": lesson,
        "total": path.count,
        "questions": questions,
        "faulty": [q for q in questions if q.fault],
        "attempt": attempt,
        "key": uuid4(),
        "after": after(path, step.number),
    }
