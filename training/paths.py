"""A person's way through a module: what is served, what is done, what comes next."""

from dataclasses import dataclass

from django.db.models import Q

from portal.people import audience
from portal.people.aliases import person_ids
from portal.people.models import User
from training import completions, enrolments, releases
from training.evaluation import Verdict
from training.models import Completion, Enrolment, ModulePage, ModuleRelease
from training.models.module import ModuleQuerySet
from training.outline import Lesson, Outline

TODO, CHECK, DONE = "todo", "check", "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson in the list. `state` is todo, check (read, the check is open) or done."""

    number: int
    lesson: Lesson
    state: str


@dataclass(frozen=True, slots=True)
class Path:
    """A module as one person meets it. Without a release it is in preparation."""

    page: ModulePage
    release: ModuleRelease | None = None
    outline: Outline | None = None
    enrolment: Enrolment | None = None
    verdict: Verdict | None = None
    newest_number: int = 0

    @property
    def is_complete(self) -> bool:
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def has_newer(self) -> bool:
        """A later number was released since the person started."""
        return self.enrolment is not None and self.newest_number > self.enrolment.number

    @property
    def steps(self) -> list[Step]:
        lessons = self.outline.lessons if self.outline else ()
        missing = {m.lesson_id: m.what for m in self.verdict.missing} if self.verdict else None

        def state(lesson: Lesson) -> str:
            if missing is None:
                return TODO
            words = {"lesson": TODO, "check": CHECK}
            return words.get(missing.get(lesson.id, ""), DONE)

        return [Step(n, lesson, state(lesson)) for n, lesson in enumerate(lessons, start=1)]

    @property
    def missing_steps(self) -> list[Step]:
        return [step for step in self.steps if step.state != DONE]

    @property
    def next_step(self) -> Step | None:
        """The first lesson that is not done; None when only the quiz, or nothing, is left."""
        return next(iter(self.missing_steps), None)

    @property
    def has_quiz(self) -> bool:
        return bool(self.outline and self.outline.quiz)

    @property
    def linked(self) -> int:
        """How many questions are asked before the module and six months later as well."""
        return len(self.outline.linked) if self.outline else 0

    @property
    def lacks_quiz(self) -> bool:
        return bool(self.verdict and any(m.what == "quiz" for m in self.verdict.missing))

    @property
    def minutes_left(self) -> int:
        """Published minutes of the lessons still to do."""
        return sum(step.lesson.minutes for step in self.missing_steps)

    def step(self, number: int) -> Step | None:
        return next((step for step in self.steps if step.number == number), None)


def visible_to(user: User) -> ModuleQuerySet:
    """Return modules the person may open: readable ones that are live, or were started."""
    started = Enrolment.objects.filter(person_id__in=person_ids(user)).values("module_id")
    pages = ModulePage.objects.filter(audience.readable_q(user))
    found: ModuleQuerySet = pages.filter(Q(live=True) | Q(pk__in=started))
    return found


def find(user: User, slug: str) -> Path:
    """Return the person's way through the module at an address. ModulePage.DoesNotExist if none."""
    return of(user, visible_to(user).get(slug=slug))


def of(user: User, page: ModulePage) -> Path:
    current = releases.current(page)
    enrolment = enrolments.find(user, page)
    if enrolment is None:
        outline = Outline.from_json(current.outline) if current else None
        return Path(page, current, outline)
    release = current
    if current is None or current.number != enrolment.number:
        release = releases.newest_edition(page, enrolment.number)
    assert release is not None  # noqa: S101 - an enrolment's release is never deleted
    outline = Outline.from_json(release.outline)
    verdict = completions.verdict_of(enrolment, outline)
    newest = current.number if current else 0
    return Path(page, release, outline, enrolment, verdict, newest)


def completion_of(path: Path) -> Completion | None:
    if path.enrolment is None:
        return None
    rows = Completion.objects.standing().filter(enrolment=path.enrolment)
    return rows.prefetch_related("certificates__superseded_by").first()


def started(user: User) -> list[Path]:
    """Return the modules the person began and has not completed, the latest first."""
    rows = Enrolment.objects.of(user).open().select_related("module").order_by("-started_at")
    return [of(user, row.module) for row in rows]
