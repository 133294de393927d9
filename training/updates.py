"""What changed since somebody completed a module. Their completion stays as it is (ADR 11)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery

from portal.core import events
from portal.core.prepared import prepared
from portal.people import accounts, audience
from portal.people.aliases import person_ids
from portal.people.models import User
from training import paths, releases, served
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

    What they said they read is left out. One query.
    """
    return _unread(user.pk, tuple(audience.readable_by(user)), page.pk if page else None)


@prepared
def _unread(
    person_id: int, audiences: tuple[str, ...], page_id: int | None
) -> QuerySet[ReleaseUpdate]:
    mine = accounts.of(person_id)
    completed = Completion.objects.standing().filter(person__in=mine, module=OuterRef("page"))
    newest = completed.order_by().values("module").annotate(n=Max("release__number")).values("n")
    news = ModuleRelease.objects.filter(number__gt=Subquery(newest))
    if page_id is not None:
        news = news.filter(page=page_id)
    return (
        ReleaseUpdate.objects.filter(release__in=news)
        .filter(release__page__in=paths.pages_for(person_id, audiences))
        .exclude(reads__person__in=mine)
        .select_related("release__page")
        .defer("release__outline", *(f"release__page__{name}" for name in served.TEXTS))
        .order_by("release__code", "release__number")
    )


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
    rows = Completion.objects.standing().filter(person__in=ids, module__isnull=False).order_by()
    return dict(rows.values_list("module").annotate(Max("release__number")))


def _text(lesson: Lesson) -> tuple[str, str, str]:
    return lesson.title, _seen(lesson.html), _seen(lesson.alternative_html)


def _seen(html: str) -> str:
    """Return what a reader sees of it: the editor keys its blocks and drops line breaks, which
    changes every text that it saves and nothing that is read.
    """
    without_keys = re.sub(r' data-block-key="[^"]{0,40}"', "", html)
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", " ".join(without_keys.split()))
