"""The one place that decides whether a module is complete: pure, from rules and facts."""

from collections.abc import Set
from dataclasses import dataclass, replace
from typing import Literal, Self

from training.outline import Outline


@dataclass(frozen=True, slots=True)
class Rules:
    """What a release asks for. `pass_mark` is per cent; lessons are (id, has a check)."""

    lessons: tuple[tuple[str, bool], ...]
    has_quiz: bool
    pass_mark: int

    @classmethod
    def of(cls, outline: Outline) -> Self:
        lessons = tuple((lesson.id, bool(lesson.questions)) for lesson in outline.lessons)
        return cls(lessons, bool(outline.quiz), outline.pass_mark)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the learner did: lessons marked read, checks passed, the best score in per cent.

    `tried` are the lessons whose check was handed in at all: it decides nothing.
    """

    read: Set[str] = frozenset()
    checked: Set[str] = frozenset()
    best_score: int | None = None
    tried: Set[str] = frozenset()

    def with_lesson(self, lesson_id: str, *, passed: bool) -> Self:
        """Return the facts once a lesson was read, and its check passed or not."""
        checked = {*self.checked, lesson_id} if passed else self.checked
        return replace(self, read={*self.read, lesson_id}, checked=checked)

    def with_quiz(self, score: int) -> Self:
        """Return the facts once a quiz was handed in."""
        best = score if self.best_score is None else max(score, self.best_score)
        return replace(self, best_score=best)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing still to do. `lesson_id` is empty for the quiz."""

    what: Literal["lesson", "check", "quiz"]
    lesson_id: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`done` and `total` count lessons and the quiz of this release, so they never pass 100 %."""

    is_complete: bool
    done: int
    total: int
    missing: tuple[Missing, ...]


def evaluate(rules: Rules, facts: Facts) -> Verdict:
    """Complete: every lesson is done and the quiz, where there is one, passed at the mark."""
    missing = [m for lesson, check in rules.lessons if (m := _lacks(lesson, check, facts))]
    if rules.has_quiz and not is_passed(facts.best_score, rules.pass_mark):
        missing.append(Missing("quiz"))
    total = len(rules.lessons) + rules.has_quiz
    return Verdict(not missing, total - len(missing), total, tuple(missing))


def is_passed(score: int | None, pass_mark: int) -> bool:
    return score is not None and score >= pass_mark


def _lacks(lesson_id: str, has_check: bool, facts: Facts) -> Missing | None:
    """A lesson is done when it was marked read and its check, where there is one, passed."""
    if lesson_id not in facts.read:
        return Missing("lesson", lesson_id)
    if has_check and lesson_id not in facts.checked:
        return Missing("check", lesson_id)
    return None
