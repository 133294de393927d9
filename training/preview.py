"""A draft as a learner would meet it: one lesson on its own page, nothing to hand in or to keep."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from training import answers, manuscript
from training.models.question import QuestionVersion

LEARNER = "learner"
MODES = [("", _("The whole draft")), (LEARNER, _("As a learner meets it"))]


def lesson(request: HttpRequest, page: Any) -> TemplateResponse:
    """Answer with the lesson that `request.preview_lesson` names by its place, or the first."""
    lessons = manuscript.draft_lessons(page)
    number = _number(getattr(request, "preview_lesson", ""), len(lessons))
    shown = lessons[number - 1] if lessons else {"title": page.title, "checks": []}
    in_panel = "&in_preview_panel=true" if getattr(request, "in_preview_panel", False) else ""
    context = {
        "page": page,
        "lessons": lessons,
        "lesson": shown,
        "step": {"number": number},
        "total": len(lessons),
        "questions": _questions(shown["checks"]),
        "query": f"?mode={LEARNER}{in_panel}&lesson=",
    }
    return TemplateResponse(request, "training/preview_lesson.html", context)


def _number(said: str, count: int) -> int:
    is_place = len(said) <= 3 and said.isdecimal()
    return max(1, min(int(said), count)) if is_place else 1


def _questions(checks: list[Any]) -> list[answers.Question]:
    """Return the check as it is before any answer; the versions it is built from are not saved."""
    versions = [QuestionVersion(pk=n, **manuscript.wording(c)) for n, c in enumerate(checks, 1)]
    return answers.blank(versions, seed="preview")
