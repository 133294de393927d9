"""Measures 9 to 11: requests for technical assistance, the hours they took, and how fast."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from assistance import calendar, clock
from assistance.lifecycle import Action
from assistance.models import Ticket, TimeEntry
from portal.core.models import Event
from portal.reports import cuts
from portal.reports.measures.base import TOTAL, Adding, Measure, Source, Window, day_of
from portal.reports.tables import Column, Table

BUSINESS_DAY = clock.DAY  # minutes
TICKET = Ticket._meta.label_lower
ENDINGS = [
    f"request.{action}"
    for action in (
        Action.CONFIRM,
        Action.CLOSE_SILENT,
        Action.DECLINE,
        Action.MARK_DUPLICATE,
        Action.WITHDRAW,
    )
]
REOPENED = f"request.{Action.REOPEN}"


def received(window: Window) -> QuerySet[Any]:
    rows = Ticket.objects.submitted().filter(**window.within("submitted_at"))
    return rows.order_by().annotate(day=day_of("submitted_at"))


def ended(window: Window) -> QuerySet[Any]:
    """Yield the ends of requests as they were recorded; one that was reopened may end again."""
    ticket = Ticket.objects.filter(pk=Cast(OuterRef("subject_id"), BigIntegerField()))
    rows = Event.objects.filter(kind__in=ENDINGS, **window.within("at")).order_by()
    return rows.annotate(
        day=day_of("at"),
        type=Subquery(ticket.values("type")[:1]),
        discipline=Subquery(ticket.values("discipline__slug")[:1]),
        center=Subquery(ticket.values("center__slug")[:1]),
        center_pk=Subquery(ticket.values("center_id")[:1]),
        paid=Subquery(ticket.values("funding")[:1]),
    )


def standing_open(at: datetime) -> QuerySet[Any]:
    """Keep the requests that were there and not ended when the day `at` began."""
    course = Event.objects.filter(
        subject_type=TICKET,
        subject_id=Cast(OuterRef("pk"), CharField()),
        kind__in=[*ENDINGS, REOPENED],
        at__lt=at,
    )
    last = course.order_by("-at", "-pk").values("kind")[:1]
    rows = Ticket.objects.submitted().filter(submitted_at__lt=at).order_by()
    return rows.annotate(last=Coalesce(Subquery(last), Value(""))).exclude(last__in=ENDINGS)


def _place(center: str, pk: str) -> dict[str, Any]:
    county = cuts.county_of(pk, "day")
    return {
        "center": Coalesce(center, Value("")),
        "county": Case(
            When(**{f"{pk}__isnull": True}, then=Value("")),
            default=county,
            output_field=CharField(),
        ),
    }


class Requests(Adding):
    number = 9
    key = "requests"
    name = _("Requests for technical assistance")
    definition = _(
        "Requests submitted in the period, and ends of requests in it: closed, declined, found "
        "duplicate, withdrawn. One that was reopened and ended again ends twice. Center and county "
        "are those of the day."
    )
    tables = ("assistance.Ticket", "core.Event")
    columns = (Column("received", _("Received")), Column("resolved", _("Resolved")))
    cuts = (cuts.TYPE, cuts.CENTER, cuts.COUNTY, cuts.DISCIPLINE)
    is_small = True
    has_funding = True

    def sources(self) -> Sequence[Source]:
        came = {
            "type": F("type"),
            "discipline": Coalesce("discipline__slug", Value("")),
            **_place("center__slug", "center_id"),
        }
        went = {
            "type": Coalesce("type", Value("")),
            "discipline": Coalesce("discipline", Value("")),
            **_place("center", "center_pk"),
        }
        return (
            Source(received, "day", {"received": Count("pk")}, came, "funding"),
            Source(ended, "day", {"resolved": Count("pk")}, went, Coalesce("paid", Value(""))),
        )


class OpenRequests(Measure):
    number = 9
    key = "open"
    name = _("Requests open at the end")
    definition = _("Requests submitted by the end of the period's last day, and not ended then.")
    tables = ("assistance.Ticket", "core.Event")
    columns = (Column("open", _("Open"), adds=False),)
    cuts = (cuts.TYPE, cuts.CENTER, cuts.DISCIPLINE)
    is_small = True
    has_funding = True
    is_snapshot = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        rows = standing_open(window.bounds()[1])
        if funding:
            rows = rows.filter(funding=funding)
        fields = {"type": "type", "center": "center__slug", "discipline": "discipline__slug"}
        value = F(fields[cut]) if cut else Value("")
        counted = rows.annotate(cut_value=value).values("cut_value").annotate(open=Count("pk"))
        return self.table(cut, {row["cut_value"] or "": row for row in counted})


class AssistanceHours(Adding):
    number = 10
    key = "effort"
    name = _("Hours of technical assistance")
    definition = _(
        "What those who answer wrote down: their own effort; the length of calls, visits and "
        "trainings; and contact, which is that length times the people there. Three kinds of time, "
        "never added to each other. An entry without a funding of its own has the request's."
    )
    tables = ("assistance.TimeEntry",)
    columns = (
        Column("staff", _("Effort"), unit="min"),
        Column("activity", _("Length of activities"), unit="min"),
        Column("contact", _("Contact"), unit="min"),
    )
    cuts = (cuts.TYPE, cuts.CENTER)
    is_small = True
    has_funding = True

    def sources(self) -> Sequence[Source]:
        amounts = {
            "staff": Sum("staff_minutes"),
            "activity": Sum("activity_minutes"),
            "contact": Sum(F("activity_minutes") * F("attendees")),
        }
        of = {
            "type": Coalesce("ticket__type", Value("")),
            "center": Coalesce("ticket__center__slug", "activity__center__slug", Value("")),
        }
        funding = Case(
            When(funding__gt="", then=F("funding")),
            When(ticket__funding__gt="", then=F("ticket__funding")),
            default=Coalesce("activity__funding", Value("")),
            output_field=CharField(),
        )
        return (Source(_worked, "day", amounts, of, funding),)


def _worked(window: Window) -> QuerySet[Any]:
    rows = TimeEntry.objects.filter(worked_on__range=(window.first, window.last))
    return rows.order_by().annotate(day=F("worked_on"))


class Speed(Measure):
    number = 11
    key = "speed"
    name = _("How fast requests are answered")
    definition = _(
        "Business days of eight hours from the submission to the first reply, of the requests "
        "whose first reply came in the period; and to the answer, without the time that the "
        "requester was waited for, of those answered in it. The median, and what nine of ten did "
        "not exceed (nearest rank)."
    )
    tables = ("assistance.Ticket", "assistance.Closure")
    columns = (
        Column("replied", _("First replies"), adds=False),
        Column("reply_median", _("First reply, median"), unit="days", adds=False, behind="replied"),
        Column("reply_nine", _("First reply, nine of ten"), unit="days", adds=False,
               behind="replied"),
        Column("answered", _("Answers"), adds=False),
        Column("answer_median", _("Answer, median"), unit="days", adds=False, behind="answered"),
        Column("answer_nine", _("Answer, nine of ten"), unit="days", adds=False,
               behind="answered"),
    )  # fmt: skip
    cuts = (cuts.TYPE, cuts.URGENCY)
    is_small = True
    has_funding = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        replies: dict[str, list[int]] = defaultdict(list)
        answers: dict[str, list[int]] = defaultdict(list)
        rows = (
            Ticket.objects.submitted().filter(funding=funding)
            if funding
            else (Ticket.objects.submitted())
        )
        closed = clock.closed()
        for value, start, end in _times(rows, window, cut, "first_response_at"):
            replies[value].append(calendar.minutes_between(start, end, closed))
        for value, start, end, paused in _times(rows, window, cut, "answered_at", "paused_minutes"):
            minutes = calendar.minutes_between(start, end, closed)
            answers[value].append(max(0, minutes - paused))
        values = set(replies) | set(answers)
        return self.table(
            cut,
            {
                value: {
                    "replied": len(replies[value]),
                    "reply_median": in_days(median(replies[value])),
                    "reply_nine": in_days(nine_of_ten(replies[value])),
                    "answered": len(answers[value]),
                    "answer_median": in_days(median(answers[value])),
                    "answer_nine": in_days(nine_of_ten(answers[value])),
                }
                for value in values
            },
        )


def _times(rows: QuerySet[Any], window: Window, cut: str, field: str, *more: str) -> Any:
    value = F(cut) if cut else Value("")
    kept = rows.filter(**window.within(field)).annotate(cut_value=value)
    return kept.values_list("cut_value", "submitted_at", field, *more)


def median(minutes: Sequence[int]) -> float | None:
    ordered = sorted(minutes)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def nine_of_ten(minutes: Sequence[int]) -> int | None:
    """Return the smallest value that nine of ten do not exceed (nearest rank)."""
    ordered = sorted(minutes)
    return ordered[-(-len(ordered) * 9 // 10) - 1] if ordered else None


def in_days(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes / BUSINESS_DAY, 1)
