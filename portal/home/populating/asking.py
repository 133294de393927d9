"""Requests of five years, nearly all ended, with their messages, hours and course."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from taggit.models import Tag, TaggedItem

from assistance.calendar import fiscal_year
from assistance.lifecycle import State
from assistance.models import Message, NumberCounter, Ticket, TimeEntry
from assistance.models.choices import TOPICS, RequestType
from portal.core.funding import Funding
from portal.core.models import Event
from portal.home.populating import copying, words
from portal.people.models import CoordinatorAssignment, Discipline, RoleGrant

DAYS = 1825
MESSAGES = 5
LONG = 20  # messages of one in a hundred
OPEN = (State.SUBMITTED, State.IN_PROGRESS, State.WAITING, State.ANSWERED)
CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    pk: int
    number: str
    state: str
    center: int
    requester: int
    assignee: int | None
    at: datetime
    ended: datetime | None

    @property
    def answered(self) -> datetime:
        return self.at + timedelta(days=2)


def fill(count: int, chance: Random, report: Any) -> None:
    """Write requests and what hangs on them, the oldest first."""
    topics, written = _topics(), 0
    for chunk in _chunks(_asked(count, chance)):
        _write(chunk, chance, topics)
        written += len(chunk)
        report(f"  {written:,} of {count:,} requests")


def _topics() -> list[int]:
    return [
        Tag.objects.get_or_create(slug=slug, defaults={"name": slug})[0].pk for slug, _ in TOPICS
    ]


def _asked(count: int, chance: Random) -> Iterator[Asked]:
    desks = list(
        CoordinatorAssignment.objects.filter(ends_on=None, kind="primary")
        .order_by("pk")
        .values_list("user_id", "center_id")
    )
    staff = list(
        RoleGrant.objects.filter(ends_on=None, role__in=["specialist", "manager"])
        .order_by("pk")
        .values_list("user_id", flat=True)
    )
    shares = [1 / (rank + 1) for rank in range(len(desks))]
    now, pk = timezone.now(), copying.first_id(Ticket)
    taken = Counter(dict(NumberCounter.objects.values_list("fiscal_year", "last")))
    ages = sorted((chance.random() ** 1.3 * DAYS + 0.1 for _ in range(count)), reverse=True)
    for n, age in enumerate(ages):
        at = now - timedelta(days=age)
        requester, center = chance.choices(desks, shares)[0]
        is_open = age < 30 and chance.random() < 0.7
        state = chance.choice(OPEN) if is_open else State.CLOSED
        assignee = None if state == State.SUBMITTED else chance.choice(staff)
        year = fiscal_year(at)
        taken[year] += 1
        number = f"TA-{year % 100:02}-{taken[year]:04}"
        ended = min(now, at + timedelta(days=chance.uniform(3, 12))) if not is_open else None
        yield Asked(pk + n, number, state, center, requester, assignee, at, ended)
    for year, last in taken.items():
        NumberCounter.objects.update_or_create(fiscal_year=year, defaults={"last": last})


def _chunks(asked: Iterator[Asked]) -> Iterator[list[Asked]]:
    chunk: list[Asked] = []
    for each in asked:
        chunk.append(each)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _uuid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _write(chunk: Sequence[Asked], chance: Random, topics: Sequence[int]) -> None:
    professions = list(Discipline.objects.order_by("order").values_list("pk", flat=True))
    kinds, fundings = list(RequestType.values), ["", *Funding.values]
    copying.write(
        Ticket,
        "id uuid number state version type center_id requester_id discipline_id urgency wanted_by "
        "subject question setting age_band stage assignee_id funding reason is_merged "
        "reopened_count paused_minutes is_on_hold created_at edited_at submitted_at respond_by "
        "answer_by first_response_at moved_at waiting_at answered_at closed_at "
        "follow_up_on".split(),
        (
            (
                a.pk,
                _uuid(chance),
                a.number,
                a.state,
                4,
                chance.choice(kinds),
                a.center,
                a.requester,
                chance.choice(professions),
                chance.choices(("routine", "week", "today"), (8, 3, 1))[0],
                timezone.localdate(a.at + timedelta(days=14)),
                words.subject(chance, a.pk),
                words.text(chance, 4),
                "center",
                "all",
                "ongoing",
                a.assignee,
                chance.choice(fundings),
                "",
                False,
                0,
                0,
                False,
                a.at,
                a.at,
                a.at,
                a.at + timedelta(days=2),
                a.at + timedelta(days=5),
                None if a.assignee is None else a.at + timedelta(hours=5),
                a.ended or a.at + timedelta(hours=6),
                a.at + timedelta(hours=6) if a.state == State.WAITING else None,
                a.answered if a.ended or a.state == State.ANSWERED else None,
                a.ended,
                None,
            )
            for a in chunk
        ),
    )
    copying.write(
        Message,
        ["ticket_id", "kind", "author_id", "is_from_staff", "text", "key", "created_at"],
        (row for a in chunk for row in _messages(a, chance)),
    )
    copying.write(
        TimeEntry,
        "ticket_id person_id worked_on mode staff_minutes activity_minutes attendees funding key "
        "created_at".split(),
        (
            (
                a.pk,
                a.assignee,
                timezone.localdate(a.answered),
                "written",
                chance.choice((15, 30, 45, 90)),
                0,
                0,
                "",
                _uuid(chance),
                a.answered,
            )
            for a in chunk
            if a.ended
        ),
    )
    copying.write(
        TaggedItem,
        ["tag_id", "content_type_id", "object_id"],
        (
            (chance.choice(topics), ContentType.objects.get_for_model(Ticket).pk, a.pk)
            for a in chunk
        ),
    )
    copying.write(
        Event,
        ["at", "kind", "actor_id", "subject_type", "subject_id", "center_id", "data"],
        (row for a in chunk for row in _course(a)),
    )


def _messages(asked: Asked, chance: Random) -> Iterator[tuple[Any, ...]]:
    many = LONG if asked.pk % 100 == 0 else MESSAGES
    if asked.assignee is None:
        return
    for n in range(many):
        ours = n % 2 == 0
        author = asked.assignee if ours else asked.requester
        kind = "note" if ours and n % 6 == 4 else "reply"
        at = asked.at + timedelta(hours=5 + 2 * n)
        yield asked.pk, kind, author, ours, words.text(chance, 3), _uuid(chance), at


def _course(asked: Asked) -> Iterator[tuple[Any, ...]]:
    steps: list[tuple[str, datetime, int | None]] = [("submit", asked.at, asked.requester)]
    if asked.assignee is not None:
        steps.append(("start", asked.at + timedelta(hours=1), asked.assignee))
    if asked.ended or asked.state == State.ANSWERED:
        steps.append(("answer", asked.answered, asked.assignee))
    if asked.ended:
        steps.append(("confirm", asked.ended, asked.requester))
    for step, at, who in steps:
        yield at, f"request.{step}", who, Ticket._meta.label_lower, str(asked.pk), asked.center, {}
