"""A person's way through a module: what is served, what is done, what comes next."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core.prepared import prepared
from portal.core.redaction import pages as redacted
from portal.people import accounts, audience
from portal.people.models import User
from training import doing, locking, releases, served
from training.evaluation import Facts, Rules, Verdict, evaluate
from training.models import Completion, Enrolment, ModulePage, ModuleRelease, SignOff
from training.models.module import ModuleQuerySet
from training.outline import Lesson, Outline

TODO, CHECK, DONE = "todo", "check", "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson in the list. `state` is todo, check (read, the check is open) or done."""

    number: int
    lesson: Lesson
    state: str


@dataclass(frozen=True)
class Path:
    """A module as one person meets it. Without a release it is in preparation."""

    page: ModulePage
    release: ModuleRelease | None = None
    outline: Outline | None = None
    enrolment: Enrolment | None = None
    newest_number: int = 0

    @cached_property
    def facts(self) -> Facts:
        """What was done; read when it is asked for."""
        return doing.facts_of(self.enrolment) if self.enrolment is not None else Facts()

    @cached_property
    def verdict(self) -> Verdict | None:
        """What was done and what is missing, of a module that was begun."""
        if self.enrolment is None or self.outline is None:
            return None
        return evaluate(Rules.of(self.outline), self.facts)

    @property
    def review_state(self) -> str:
        """Return draft or reviewed; nothing without a release."""
        if self.release is None:
            return ""
        if self.enrolment is None:
            return releases.review_state(self.release)
        signed: int = self.enrolment.signed or 0  # type: ignore[attr-defined]  # `served.pinned`
        return "draft" if signed < len(SignOff.Kind) else "reviewed"

    @property
    def is_complete(self) -> bool:
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def has_newer(self) -> bool:
        """A later number was released since the person started."""
        return self.enrolment is not None and self.newest_number > self.enrolment.number

    @property
    def count(self) -> int:
        """How many lessons there are."""
        return len(self.outline.lessons) if self.outline else 0

    def lesson(self, number: int) -> Lesson | None:
        """Return a lesson by its place, without a look at what was done."""
        is_there = self.outline is not None and 1 <= number <= self.count
        return self.outline.lessons[number - 1] if self.outline and is_there else None

    @cached_property
    def steps(self) -> list[Step]:
        lessons = self.outline.lessons if self.outline else ()
        missing = {m.lesson_id: m.what for m in self.verdict.missing} if self.verdict else None

        def state(lesson: Lesson) -> str:
            if missing is None:
                return TODO
            words = {"lesson": TODO, "check": CHECK}
            return words.get(missing.get(lesson.id, ""), DONE)

        return [Step(n, lesson, state(lesson)) for n, lesson in enumerate(lessons, start=1)]

    @cached_property
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
    """Return modules the person may open: readable ones that are live, or were started.

    One that waits for a second person (redaction) is out of sight for those under way as well.
    """
    return pages_for(user.pk, tuple(audience.readable_by(user)))


def pages_for(person_id: int, audiences: tuple[str, ...]) -> ModuleQuerySet:
    """Return the same for a person who may read what is for some audiences."""
    started = Enrolment.objects.filter(person_id__in=accounts.of(person_id)).values("module_id")
    pages = ModulePage.objects.filter(audience__in=audiences)
    open_ones = pages.filter(Q(live=True) | Q(pk__in=started))
    found: ModuleQuerySet = open_ones.filter(~redacted.waits("pk"))
    return found


def find(user: User, slug: str, *, locks: bool = False) -> Path:
    """Return the person's way through the module at an address. ModulePage.DoesNotExist if none.

    What was begun is read in one statement; with `locks` its row is locked, for what the caller
    writes in the same transaction.
    """
    asked = user.pk, slug, tuple(audience.readable_by(user))
    for enrolment in _locked(*asked, timezone.localdate()) if locks else _readable(*asked):
        return _begun(user, enrolment)
    return _new(visible_to(user).defer("lessons", "quiz").get(slug=slug))


def of(user: User, page: ModulePage) -> Path:
    for enrolment in _of_module(user.pk, page.pk):
        return _begun(user, enrolment)
    return _new(page)


@prepared
def _of_module(person_id: int, module_id: int) -> QuerySet[Enrolment]:
    return served.pinned(Enrolment.objects.of_account(person_id).filter(module=module_id))[:1]


def _visible(person_id: int, slug: str, audiences: tuple[str, ...]) -> QuerySet[Enrolment]:
    """Keep what a person began of a module and may open: the rule of `visible_to`."""
    rows = Enrolment.objects.of_account(person_id).filter(module__audience__in=audiences)
    return served.pinned(rows.filter(~redacted.waits("module"), module__slug=slug))


@prepared
def _readable(person_id: int, slug: str, audiences: tuple[str, ...]) -> QuerySet[Enrolment]:
    return _visible(person_id, slug, audiences)[:1]


@prepared
def _locked(
    person_id: int, slug: str, audiences: tuple[str, ...], today: date
) -> QuerySet[Enrolment]:
    return locking.locked(_visible(person_id, slug, audiences), person_id, today)[:1]


def _new(page: ModulePage) -> Path:
    current = releases.current(page)
    return Path(page, current, served.outline_of(current) if current else None)


def _begun(user: User, enrolment: Enrolment) -> Path:
    if enrolment.person_id == user.pk:
        enrolment.person = user
    page, release = enrolment.module, served.release_of(enrolment)
    newest = 0 if page.is_in_preparation else enrolment.newest  # type: ignore[attr-defined]
    return Path(page, release, served.outline_of(release), enrolment, newest)


def completion_of(path: Path) -> Completion | None:
    if path.enrolment is None:
        return None
    rows = Completion.objects.standing().filter(enrolment=path.enrolment)
    return rows.prefetch_related("certificates__superseded_by").first()


def started(user: User) -> list[Path]:
    """Return the modules the person began and has not completed, the latest first."""
    return [_begun(user, row) for row in _open(user.pk)]


@prepared
def _open(person_id: int) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.of_account(person_id).open().filter(~redacted.waits("module"))
    return served.pinned(rows).order_by("-started_at")
