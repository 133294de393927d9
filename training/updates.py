"""What changed since somebody completed a module. Their completion stays as it is (ADR 11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from portal.core import events
from portal.people.aliases import person_ids
from portal.people.models import User
from training import paths, releases
from training.models import Completion, ModulePage, ModuleRelease, ReleaseUpdate, UpdateRead
from training.outline import Lesson, Outline


class NotForThem(Exception):
    """The person has not completed an earlier version that an update speaks of."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All updates since a person's version, and what the texts say of the difference.

    `unread` are those that the person has not said they read.
    """

    page: ModulePage
    completed: ModuleRelease
    newest: ModuleRelease
    updates: Sequence[ReleaseUpdate]
    unread: Sequence[ReleaseUpdate]
    difference: "Difference"

    @property
    def through(self) -> int:
        """The newest number that an update speaks of."""
        return self.updates[-1].release.number


@dataclass(frozen=True, slots=True)
class Difference:
    """Lessons by what became of them; `removed` are as they were, the others as they are now."""

    added: tuple[Lesson, ...]
    changed: tuple[Lesson, ...]
    removed: tuple[Lesson, ...]


def unread(user: User, page: ModulePage | None = None) -> list[ReleaseUpdate]:
    """Return what changed in modules that the person completed and may open, by module and number.

    What they said they read is left out. The number of queries does not grow.
    """
    ids = person_ids(user)
    numbers = _completed_numbers(ids)
    wanted = numbers if page is None else numbers.keys() & {page.pk}
    rows = (
        ReleaseUpdate.objects.filter(release__page__in=list(wanted))
        .filter(release__page__in=paths.visible_to(user))
        .exclude(reads__person__in=ids)
        .select_related("release__page")
        .defer("release__outline", "release__page__lessons", "release__page__quiz")
        .order_by("release__code", "release__number")
    )
    return [row for row in rows if row.release.number > numbers[row.release.page_id or 0]]


def since_completion(user: User, page: ModulePage) -> Changes:
    """Return what changed since the version that the person completed last. Or NotForThem.

    It is compared as it can be read today: the newest edition of their number with the newest
    number.
    """
    ids = person_ids(user)
    number = _completed_numbers(ids).get(page.pk)
    newest = ModuleRelease.objects.filter(page=page).newest_first().first()
    if number is None or newest is None:
        raise NotForThem
    updates = list(
        ReleaseUpdate.objects.filter(release__page=page).since(number).select_related("release")
    )
    if not updates:
        raise NotForThem
    done = releases.newest_edition(page, number)
    read = set(UpdateRead.objects.filter(person__in=ids).values_list("update_id", flat=True))
    outlines = [Outline.from_json(release.outline) for release in (done, newest)]
    left = [update for update in updates if update.pk not in read]
    return Changes(page, done, newest, updates, left, difference(*outlines))


def difference(before: Outline, after: Outline) -> Difference:
    """Compare two outlines by the lessons' ids, titles and texts."""
    known = {lesson.id: lesson for lesson in before.lessons}
    kept = {lesson.id for lesson in after.lessons}
    return Difference(
        added=tuple(x for x in after.lessons if x.id not in known),
        changed=tuple(x for x in after.lessons if x.id in known and _text(known[x.id]) != _text(x)),
        removed=tuple(x for x in before.lessons if x.id not in kept),
    )


@transaction.atomic
def mark_read(user: User, page: ModulePage, *, through: int) -> None:
    """Note once that the person has read the updates up to a release number. Or NotForThem."""
    changes = since_completion(user, page)
    if through not in {update.release.number for update in changes.updates}:
        raise NotForThem
    for update in changes.unread:
        if update.release.number <= through:
            _row, made = UpdateRead.objects.get_or_create(person=user, update=update)
            if made:
                events.record("training.update_read", actor=user, subject=update)


def _completed_numbers(ids: list[int]) -> dict[int, int]:
    """Return the newest completed release number by module, over standing completions."""
    rows = Completion.objects.standing().filter(person__in=ids).order_by()
    return dict(rows.values_list("module").annotate(Max("release__number")))


def _text(lesson: Lesson) -> tuple[str, str, str]:
    return lesson.title, lesson.html, lesson.alternative_html
