"""Which facts touch which figures: a change marks its days in the transaction of the change.

A use of a resource is left out: it is always of today, and no closed period has today.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from assistance.models import Ticket, TimeEntry
from portal.core.models import Event
from portal.people.models import CenterCounty, CoordinatorAssignment, PersonAlias, RoleGrant
from portal.reports import counters
from portal.reports.measures.assistance import ENDINGS, TICKET
from portal.reports.models import DayCount, PeriodTable
from resources.models import Forum, PublishedVersion
from training.models import (
    Attendance,
    Completion,
    CompletionAnnulment,
    EvaluationDone,
    EvaluationHeld,
    LiveSession,
    ModuleRelease,
    OutreachTalk,
    QuizAttempt,
    TalkCount,
)

Days = Callable[[Any], Iterable[date | None]]
TAKEN = ("attendances", "minutes", "people", "evaluations")
OF_REQUESTS = ("requests", "effort", "speed")


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _of_talk(row: OutreachTalk) -> list[date | None]:
    """A correction touches what it corrects as well."""
    return [row.happened_on, row.corrects.happened_on if row.corrects else None]


def _of_ticket(row: Ticket) -> list[date | None]:
    """Each day on which it counts; the hours of one whose type changed stand on their own days."""
    if row.submitted_at is None:
        return []
    days = [_day(at) for at in (row.submitted_at, row.first_response_at, row.answered_at)]
    if row.closed_at or row.reopened_count:
        ends = Event.objects.filter(
            subject_type=TICKET, subject_id=str(row.pk), kind__in=ENDINGS
        ).values_list("at", flat=True)
        days += [_day(row.closed_at), *map(_day, ends)]
        worked = TimeEntry.objects.filter(ticket=row).values_list("worked_on", flat=True)
        days += list(worked)
    return days


def _of_session(row: LiveSession) -> list[date | None]:
    """What people attended bears its funding, on the day it ended."""
    return [_day(row.starts_at), _day(row.ends_at)]


def _of_evaluation(row: EvaluationDone) -> list[date | None]:
    completion = getattr(row.enrolment, "completion", None)
    return [_day(completion.completed_at)] if completion else []


# (model, measures, the days of a row)
FACTS: tuple[tuple[Any, tuple[str, ...], Days], ...] = (
    (Completion, TAKEN, lambda row: [_day(row.completed_at)]),
    (CompletionAnnulment, TAKEN, lambda row: [_day(row.completion.completed_at)]),
    (EvaluationDone, ("evaluations",), _of_evaluation),
    (EvaluationHeld, ("evaluations",), lambda row: [row.month]),
    (LiveSession, ("trainings", *TAKEN), _of_session),
    (Attendance, TAKEN, lambda row: _of_session(row.session)),
    (ModuleRelease, ("trainings",), lambda row: [_day(row.released_at)]),
    (OutreachTalk, ("outreach",), _of_talk),
    (TalkCount, ("outreach",), lambda row: [row.talk.happened_on]),
    (QuizAttempt, ("knowledge",), lambda row: [_day(row.closed_at)]),
    (Ticket, OF_REQUESTS, _of_ticket),
    (TimeEntry, ("effort",), lambda row: [row.worked_on]),
    (PublishedVersion, ("materials",), lambda row: [_day(row.published_at)]),
    (Forum, ("forums",), lambda row: [row.happened_on]),
)


def connect() -> None:
    """Let each change of a fact mark its days; what a row was before its change counts as well."""
    for model, measures, days in FACTS:
        mark = partial(_mark, measures, days)
        for signal in (post_save, post_delete):
            uid = f"reports.{model.__name__}"
            signal.connect(mark, sender=model, weak=False, dispatch_uid=uid)
    for model in (CenterCounty, RoleGrant, CoordinatorAssignment):
        for signal in (post_save, post_delete):
            signal.connect(_mark_span, sender=model, dispatch_uid=f"reports.{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(_forget_people, sender=PersonAlias, dispatch_uid="reports.alias")


def _mark(measures: tuple[str, ...], days: Days, sender: Any, instance: Any, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        counters.mark(measures, days(instance))


def _mark_span(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Who served which county, and who had which role: only past days are counted already."""
    last = min(instance.ends_on or timezone.localdate(), timezone.localdate())
    if instance.starts_on >= timezone.localdate():
        return
    first = instance.starts_on - timedelta(days=1)
    counted = DayCount.objects.filter(day__range=(first, last + timedelta(days=1)))
    for measure in counters.ADDING:
        days = counted.filter(measure=measure).values_list("day", flat=True).distinct()
        counters.mark([measure], days)
    PeriodTable.objects.filter(measure="people").delete()


def _forget_people(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A merge makes one person of two, on every day."""
    PeriodTable.objects.filter(measure="people").delete()
