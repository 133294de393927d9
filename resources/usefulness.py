"""Was this useful? Who answered is kept here, what was said there, and nothing joins them.

The technique is that of the evaluations (ADR 12). No event is recorded and nothing is logged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import nightly
from portal.people import retention, roles, scope
from portal.people.aliases import person_ids
from portal.people.models import User
from resources.models import ResourcePage, UsefulnessAnswer, UsefulnessDone, UsefulnessHeld

BATCH = 5  # people, at least, whose answers are written together, and shown
KEPT = timedelta(days=7 * 365 + 2)
Said = Mapping[str, Any]  # is_useful, and the text
chance = SystemRandom()


class NotReadable(Exception):
    """The page is not one that the person may read."""


@dataclass(frozen=True, slots=True)
class Results:
    """What five people or more said of a page; `texts` in an order that means nothing."""

    yes: int
    no: int
    texts: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return self.yes + self.no

    @property
    def percent(self) -> int:
        return round(100 * self.yes / self.count)


@transaction.atomic
def give(*, page: ResourcePage, by: User, is_useful: bool, text: str = "") -> bool:
    """Take an answer, once per person; False when it was there. The text has passed the screen.

    NotReadable when the person may not read the page.
    """
    if not ResourcePage.objects.visible_to(by).filter(pk=page.pk).exists():
        raise NotReadable
    if is_done(page, by):
        return False
    made = UsefulnessDone.objects.get_or_create(person=by, page=page)[1]
    if made:
        _hold(page.pk, {"is_useful": is_useful, "text": text})
    return made


def is_done(page: ResourcePage, user: User) -> bool:
    return UsefulnessDone.objects.filter(person__in=person_ids(user), page=page).exists()


def pages_for(user: User) -> QuerySet[ResourcePage]:
    """Return the published pages whose answers a person sees, by title."""
    pages: QuerySet[ResourcePage] = ResourcePage.objects.live().order_by("title", "pk")
    if scope.is_statewide(user):
        return pages
    return pages.filter(kept_by=user) if roles.may_open_cms(user) else pages.none()


def counts(user: User, pages: Iterable[int]) -> dict[int, Results]:
    """Return how many said yes and no, by page; one with fewer than five answers is left out."""
    rows = UsefulnessAnswer.objects.visible_to(user).filter(page__in=list(pages)).order_by()
    found = rows.values_list("page").annotate(
        yes=Count("pk", filter=Q(is_useful=True)), no=Count("pk", filter=Q(is_useful=False))
    )
    return {page: Results(yes, no) for page, yes, no in found if yes + no >= BATCH}


def results(user: User, page: ResourcePage) -> Results | None:
    """Return what was said of a page; None while fewer than five people said anything."""
    rows = list(UsefulnessAnswer.objects.visible_to(user).filter(page=page).order_by("pk"))
    if len(rows) < BATCH:
        return None
    yes = sum(row.is_useful for row in rows)
    return Results(yes, len(rows) - yes, tuple(row.text for row in rows if row.text))


@nightly.job
def write_rest_of_usefulness() -> None:
    """Write what is still held of earlier months, however few they are."""
    this = _month()
    waiting = UsefulnessHeld.objects.filter(month__lt=this).exclude(answers=[])
    for page in sorted(set(waiting.values_list("page", flat=True))):
        _write_rest(page, this)


@transaction.atomic
def _write_rest(page: int, before: date) -> None:
    """A month in which fewer than five answered is not said: it would say who."""
    rows = UsefulnessHeld.objects.select_for_update().filter(page=page, month__lt=before)
    for held in rows.exclude(answers=[]).order_by("pk"):
        has_enough = UsefulnessAnswer.objects.filter(page=page, month=held.month).exists()
        _write(page, held.month if has_enough else None, held.answers)
        _keep(held, [])


def _hold(page: int, said: Said) -> None:
    """Put an answer among those that wait; with five, write them all."""
    month = _month()
    row = UsefulnessHeld.objects.get_or_create(page_id=page, month=month)[0]
    held = UsefulnessHeld.objects.select_for_update().get(pk=row.pk)
    answers = [*held.answers, dict(said)]
    if len(answers) >= BATCH:
        _write(page, month, answers)
        answers = []
    _keep(held, answers)


def _keep(held: UsefulnessHeld, answers: list[Said]) -> None:
    chance.shuffle(answers)
    held.answers = answers
    held.save(update_fields=["answers"])


def _write(page: int, month: date | None, answers: Iterable[Said]) -> None:
    """Write answers among those of their month, all of them anew: no key and no place in the
    table is older than another. The held row is locked.
    """
    there = UsefulnessAnswer.objects.filter(page_id=page, month=month)
    said = [*answers, *there.values("is_useful", "text")]
    rows = [UsefulnessAnswer(page_id=page, month=month, **each) for each in said]
    there.delete()
    chance.shuffle(rows)
    UsefulnessAnswer.objects.bulk_create(rows)


def _old() -> QuerySet[UsefulnessAnswer]:
    return UsefulnessAnswer.objects.filter(month__lt=timezone.localdate() - KEPT)


def _delete(rows: QuerySet[UsefulnessAnswer]) -> None:
    rows.delete()


retention.register(
    retention.Rule("usefulness", _("Whether pages were useful"), _("7 years"), _old, _delete)
)


def _month() -> date:
    return timezone.localdate().replace(day=1)
