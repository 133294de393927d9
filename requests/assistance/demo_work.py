"""Sample passages, seats, records of what was done and answers to follow-ups."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone

from assistance import activities, calendar, follow_ups, passages, seats
from assistance.activities import Content, Step
from assistance.models import ActivityRecord, NextStep, Passage, SpecialistSeat, Ticket
from portal.people.models import Center, Discipline, User

CONTENT = Path(__file__).parent / "content" / "work.toml"
Key = Callable[[str], UUID]


def load_work(people: Mapping[str, User], now: datetime, key: Key) -> None:
    """Load what is missing of `content/work.toml`; the sample requests are there already."""
    content = tomllib.loads(CONTENT.read_text())
    for position, row in enumerate(content["passages"], start=1):
        name = key(f"passage-{row['title']}")
        if not Passage.objects.filter(key=name).exists():
            passages.keep(by=people["manager"], key=name, position=position, **row)
    for row in content["seats"]:
        _load_seat(row, people, now, key)
    for number, row in enumerate(content["records"]):
        _load_record(row, people, now, key, key(f"record-{number}"))
    _ask(now)
    for row in content["follow_ups"]:
        _answer(row, now, key)


def _day(now: datetime, days: int) -> datetime:
    """Return noon of the day that lies so many days after today."""
    day = now.astimezone(calendar.ZONE).date() + timedelta(days=days)
    return datetime.combine(day, time(12), calendar.ZONE)


def _load_seat(row: dict[str, Any], people: Mapping[str, User], now: datetime, key: Key) -> None:
    user, name = people.get(row["user"]), key(f"seat-{row['user']}")
    if user is None or SpecialistSeat.objects.filter(key=name).exists():
        return
    seats.give(
        by=people["manager"],
        user=user,
        topics=row["topics"],
        key=name,
        starts_on=_day(now, -200).date(),
        capacity=row["capacity"],
    )


def _load_record(
    row: dict[str, Any], people: Mapping[str, User], now: datetime, key: Key, name: UUID
) -> None:
    ticket = _request(row["request"], key) if "request" in row else None
    is_there = ActivityRecord.objects.filter(key=name).exists()
    if is_there or ("request" in row and ticket is None):
        return
    by, at = people[row["by"]], _day(now, -row["days_ago"])
    record = activities.record(
        _content(row, now),
        by=by,
        key=name,
        ticket=ticket,
        center=Center.objects.get(slug=row["center"]) if "center" in row else None,
        staff_minutes=row["staff_minutes"],
        at=at,
    )
    if row.get("is_approved"):
        activities.approve(record, by=people["manager"], at=min(now, at + timedelta(days=2)))
    for step, said in zip(record.steps.order_by("pk"), row["steps"], strict=True):
        if said.get("is_done"):
            _finish(step, by)
    if "goal_status" in row:
        activities.move_goal(
            record,
            by=by,
            status=row["goal_status"],
            reason=row["goal_reason"],
            key=key(f"goal-{name}"),
            at=min(now, at + timedelta(days=40)),
        )


def _finish(step: NextStep, by: User) -> None:
    activities.finish(step, by=by, on=step.due_on)


def _content(row: dict[str, Any], now: datetime) -> Content:
    names = ("type", "method", "minutes", "attendees", "topics", "goal", "funding")
    return Content(
        **{name: row[name] for name in names},
        happened_on=_day(now, -row["days_ago"]).date(),
        participants=list(Discipline.objects.filter(slug__in=row["professions"])),
        working_notes=row.get("notes", ""),
        steps=[
            Step(step["what"], step["side"], _day(now, step["in_days"]).date())
            for step in row["steps"]
        ],
    )


def _request(number_hint: int, key: Key) -> Ticket | None:
    return Ticket.objects.filter(uuid=key(f"request-{number_hint}")).first()


def _ask(now: datetime) -> None:
    """Ask about each closed request on its day, as the nights since would have."""
    days = Ticket.objects.filter(follow_up_on__lt=timezone.localdate(now))
    for day in sorted({day for day in days.values_list("follow_up_on", flat=True) if day}):
        at = datetime.combine(day, time(6), calendar.ZONE)
        follow_ups.ask(at)
        follow_ups.remind(at)


def _answer(row: dict[str, Any], now: datetime, key: Key) -> None:
    ticket = _request(row["request"], key)
    found = follow_ups.current(ticket) if ticket is not None else None
    if ticket is None or found is None or found.answered_at is not None:
        return
    follow_ups.answer(
        ticket,
        by=ticket.requester,
        helped=row["helped"],
        rating=row["rating"],
        changes=row["changes"],
        comment=row["comment"],
        at=min(now, found.asked_at + timedelta(days=3)),
    )
