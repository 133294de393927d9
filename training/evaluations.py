"""Evaluations of modules and sessions: who gave one is kept here, what was said there.

Nothing joins the two. How, and what remains, stands in docs/adr/0012. No event is recorded and
nothing is logged.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import nightly
from portal.people import aliases, retention, scope
from portal.people.aliases import person_ids
from portal.people.models import User
from training import credit, policies
from training.models import (
    Attendance,
    Completion,
    Enrolment,
    EvaluationAnswer,
    EvaluationDone,
    EvaluationHeld,
    LiveSession,
    ModulePage,
    ModuleRelease,
)
from training.models.evaluation import ITEMS, SCALE

BATCH = 5  # people, at least, whose answers are written together, and shown
KEPT = timedelta(days=7 * 365 + 2)
Said = Mapping[str, Any]  # a value for each of ITEMS, and the text
Subject = ModulePage | LiveSession
Of = dict[str, int]  # module or session, and its id
chance = SystemRandom()


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One sentence: how many chose each value of the scale."""

    item: str
    counts: Mapping[int, int]

    @property
    def sentence(self) -> str:
        return str(ITEMS[self.item])

    @property
    def mean(self) -> float:
        total = sum(value * count for value, count in self.counts.items())
        return round(total / sum(self.counts.values()), 2)

    @property
    def bars(self) -> list[tuple[str, int, str]]:
        """Return rows for the bar chart, the best value first."""
        return [
            (str(SCALE[value]), self.counts.get(value, 0), str(self.counts.get(value, 0)))
            for value in sorted(SCALE, reverse=True)
        ]


@dataclass(frozen=True, slots=True)
class Results:
    """What five people or more said of one thing; `texts` in an order that means nothing."""

    count: int
    items: tuple[ItemResult, ...]
    texts: tuple[str, ...]


def open_for(person: User, module: ModulePage) -> Completion | None:
    """Return the newest completion of a module that the person has not evaluated yet."""
    return _completed(person, module).filter(enrolment__evaluation_done=None).first()


def is_done(person: User, module: ModulePage) -> bool:
    return _completed(person, module).exclude(enrolment__evaluation_done=None).exists()


@transaction.atomic
def give(*, completion: Completion, said: Said) -> bool:
    """Take an evaluation, and award the credit that waited for it; False when it was there.

    The caller has checked that the completion is the person's own. Harmless when repeated: the
    mark is unique and made in the same transaction.
    """
    enrolment = Enrolment.objects.select_for_update().get(completion=completion)
    made = EvaluationDone.objects.get_or_create(enrolment=enrolment)[1]
    if made:
        _hold({"module": enrolment.module_id}, said)
        credit.award([completion.pk])
    return made


def may_evaluate(person: User, session: LiveSession) -> bool:
    """Say whether a person was at a session that is over, and has not said yet how it was."""
    there = Attendance.objects.current().of(person).filter(session=session, minutes__gt=0)
    return session.is_over and not is_said(person, session) and there.exists()


def is_said(person: User, session: LiveSession) -> bool:
    done = EvaluationDone.objects.filter(session=session, person__in=person_ids(person))
    return done.exists()


@transaction.atomic
def give_of_session(person: User, session: LiveSession, *, said: Said) -> bool:
    """Take an evaluation of a session, and award the credit that waited; False when it was there.

    The caller has asked `may_evaluate`. Harmless when repeated, as `give`.
    """
    LiveSession.objects.select_for_update().get(pk=session.pk)
    if not may_evaluate(person, session):
        return False
    EvaluationDone.objects.create(session=session, person=aliases.resolve(person))
    _hold({"session": session.pk}, said)
    mine = Completion.objects.standing().filter(
        person__in=person_ids(person), attendance__session=session
    )
    credit.award(mine.values_list("pk", flat=True))
    return True


def modules_for(user: User) -> QuerySet[ModulePage]:
    """Return the modules whose evaluations a person sees, by code."""
    released = ModuleRelease.objects.filter(page=OuterRef("pk"))
    pages: QuerySet[ModulePage] = ModulePage.objects.filter(Exists(released)).order_by("code")
    if not policies.can_see_evaluations(user):
        return pages.none()
    return pages if scope.is_statewide(user) else pages.filter(owner=user)


def sessions_for(user: User) -> QuerySet[LiveSession]:
    """Return the sessions whose evaluations a person can see, the latest first."""
    said = EvaluationAnswer.objects.visible_to(user).filter(session__isnull=False)
    enough = said.values("session").annotate(n=Count("pk")).filter(n__gte=BATCH)
    return LiveSession.objects.filter(pk__in=enough.values("session")).order_by("-starts_at")


def counts(user: User) -> dict[int, int]:
    """Return how many answers a person may see, by module; one with fewer than five is left out."""
    rows = EvaluationAnswer.objects.visible_to(user).filter(module__isnull=False)
    many = rows.values("module").annotate(n=Count("pk")).filter(n__gte=BATCH)
    return dict(many.values_list("module", "n"))


def results(user: User, subject: Subject) -> Results | None:
    """Return what was said of a module or a session; None while fewer than five said anything."""
    name = "session" if isinstance(subject, LiveSession) else "module"
    said = EvaluationAnswer.objects.visible_to(user).filter(**{name: subject.pk})
    rows = list(said.order_by("pk"))
    if len(rows) < BATCH:
        return None
    items = (ItemResult(item, Counter(getattr(row, item) for row in rows)) for item in ITEMS)
    return Results(len(rows), tuple(items), tuple(row.text for row in rows if row.text))


@nightly.job
def write_rest() -> None:
    """Write what is still held of earlier months, however few they are."""
    this = _month()
    waiting = EvaluationHeld.objects.filter(month__lt=this).exclude(answers=[])
    for module, session in sorted(set(waiting.values_list("module", "session")), key=str):
        _write_rest({"module": module} if module else {"session": session}, this)


@transaction.atomic
def _write_rest(of: Of, before: date) -> None:
    """A month in which fewer than five answered is not said: it would say who."""
    rows = EvaluationHeld.objects.select_for_update().filter(month__lt=before, **of)
    for held in rows.exclude(answers=[]).order_by("pk"):
        has_enough = EvaluationAnswer.objects.filter(month=held.month, **of).exists()
        _write(of, held.month if has_enough else None, held.answers)
        _keep(held, [])


def _hold(of: Of, said: Said) -> None:
    """Put answers among those that wait; with five, write them all."""
    month = _month()
    row = EvaluationHeld.objects.get_or_create(defaults=None, month=month, **_keys(of))[0]
    held = EvaluationHeld.objects.select_for_update().get(pk=row.pk)
    answers = [*held.answers, {name: said[name] for name in (*ITEMS, "text")}]
    if len(answers) >= BATCH:
        _write(of, month, answers)
        answers = []
    _keep(held, answers)


def _keys(of: Of) -> dict[str, int]:
    return {f"{name}_id": pk for name, pk in of.items()}


def _keep(held: EvaluationHeld, answers: list[Said]) -> None:
    chance.shuffle(answers)
    held.answers = answers
    held.save(update_fields=["answers"])


def _write(of: Of, month: date | None, answers: Iterable[Said]) -> None:
    """Write answers among those of their month, all of them anew: no key and no place in the
    table is older than another, so that neither tells who came when. The held row is locked.
    """
    there = EvaluationAnswer.objects.filter(month=month, **of)
    every = [*answers, *there.values(*ITEMS, "text")]
    rows = [EvaluationAnswer(month=month, **_keys(of), **said) for said in every]
    there.delete()
    chance.shuffle(rows)
    EvaluationAnswer.objects.bulk_create(rows)


def _old() -> QuerySet[EvaluationAnswer]:
    return EvaluationAnswer.objects.filter(month__lt=timezone.localdate() - KEPT)


def _delete(rows: QuerySet[EvaluationAnswer]) -> None:
    rows.delete()


retention.register(
    retention.Rule(
        "evaluations", _("Evaluations of modules and sessions"), _("7 years"), _old, _delete
    )
)


def _month() -> date:
    return timezone.localdate().replace(day=1)


def _completed(person: User, module: ModulePage) -> QuerySet[Completion]:
    rows = Completion.objects.standing().filter(person__in=person_ids(person), module=module)
    return rows.order_by("-completed_at", "-pk")
