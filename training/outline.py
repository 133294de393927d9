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
    """A whole release. `pass_mark` is per cent; `quiz` are ids of question versions."""

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

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        lessons = tuple(
            Lesson(**{**lesson, "questions": tuple(lesson["questions"])})
            for lesson in data["lessons"]
        )
        lists = {k: tuple(data[k]) for k in ("objectives", "topics", "quiz", "media")}
        sources = tuple((label, url) for label, url in data["sources"])
        return cls(**{**data, **lists, "sources": sources, "lessons": lessons})

    def lesson(self, lesson_id: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.id == lesson_id), None)
