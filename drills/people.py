"""Who sends the load: sessions made in the database, and the right answers of each module."""

import queue
import random
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    pk: int
    session: str
    center: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """`lessons` and `quiz` are what a form says that has everything right."""

    slug: str
    lessons: tuple[dict[str, list[str]], ...]
    quiz: dict[str, list[str]]


@dataclass
class Cast:
    members: list[Person] = field(default_factory=list)
    coordinators: list[Person] = field(default_factory=list)
    manager: Person = field(default_factory=lambda: Person(0, ""))
    courses: list[Course] = field(default_factory=list)
    pairs: "queue.SimpleQueue[tuple[Person, Course]]" = field(default_factory=queue.SimpleQueue)

    def shuffle(self) -> None:
        """Put every member with every module in an order of chance; each is taken once."""
        every = [(person, course) for person in self.members for course in self.courses]
        random.shuffle(every)
        for pair in every:
            self.pairs.put(pair)


def gather() -> Cast:
    from portal.people.models import CoordinatorAssignment, User

    rows = CoordinatorAssignment.objects.filter(kind="primary", ends_on=None)
    cast = Cast()
    for user in User.objects.filter(email__startswith="member-").order_by("pk"):
        cast.members.append(Person(user.pk, _signed_in(user)))
    for row in rows.select_related("user").order_by("pk"):
        person = Person(row.user.pk, _signed_in(row.user), row.center_id)
        cast.coordinators.append(person)
    manager = User.objects.get(email="manager@example.org")
    cast.manager = Person(manager.pk, _signed_in(manager))
    cast.courses = _courses()
    cast.shuffle()
    return cast


def _signed_in(user: Any) -> str:
    from bench.pages import signed_in

    return signed_in(user)


def _courses() -> list[Course]:
    from training import releases
    from training.models import ModulePage
    from training.outline import Outline

    found = []
    for page in ModulePage.objects.live().order_by("code"):
        release = releases.current(page)
        if release is None:
            continue
        outline = Outline.from_json(release.outline)
        lessons = tuple(_right(lesson.questions) for lesson in outline.lessons)
        found.append(Course(page.slug, lessons, _right(outline.quiz)))
    return sorted(found, key=lambda course: len(course.lessons))


def _right(question_ids: Any) -> dict[str, list[str]]:
    from training import answers, scoring

    return {f"q{v.pk}": scoring.right_answer(v) for v in answers.load(question_ids)}
