"""The shape of a release: what the authors' page becomes and what learners are served.

`ModuleRelease.outline` holds `Outline.to_json()`; nothing else writes or reads that JSON.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson. `id` is its StreamField block id; `html` and `alternative_html` are rendered.

    The alternative is a text of the same length with less detail, empty where none is due.
    `questions` are ids of question versions: the knowledge check, answerable from either text.
    """

    id: str
    title: str
    minutes: int
    sensitivity: int
    content_note: str
    html: str
    alternative_html: str
    questions: tuple[int, ...]
    source: list[Any]  # the StreamField JSON as it was


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole release. `pass_mark` is per cent; `quiz` are ids of question versions.

    With `draw` a try at the quiz takes so many of them. `linked` are the stable ids of questions
    that are asked before the module and six months later as well; they are always drawn.
    """

    summary: str
    objectives: tuple[str, ...]
    topics: tuple[str, ...]
    sensitivity: int
    sensitivity_note: str
    sources: tuple[tuple[str, str], ...]  # label, address
    review_by: str  # ISO date or empty
    lessons: tuple[Lesson, ...]
    quiz: tuple[int, ...]
    pass_mark: int
    media: tuple[str, ...] = ()  # sha256 of each file used
    draw: int = 0  # none: all of them
    linked: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values. What came later and says nothing is left out: the same text keeps
        its sha256.
        """
        later = {"draw", "linked"}
        return {k: v for k, v in asdict(self).items() if v or k not in later}

    @property
    def asked(self) -> int:
        """How many questions a try at the quiz has."""
        return min(self.draw, len(self.quiz)) or len(self.quiz)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        lessons = tuple(
            Lesson(**{**lesson, "questions": tuple(lesson["questions"])})
            for lesson in data["lessons"]
        )
        names = ("objectives", "topics", "quiz", "media", "linked")
        lists = {k: tuple(data[k]) for k in names if k in data}
        sources = tuple((label, url) for label, url in data["sources"])
        return cls(**{**data, **lists, "sources": sources, "lessons": lessons})

    def lesson(self, lesson_id: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.id == lesson_id), None)
