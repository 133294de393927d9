"""Sample requests and questions, played through the domain functions on earlier days."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from assistance import (
    attachments,
    calendar,
    conversation,
    demo_work,
    drafts,
    hours,
    questions,
    tickets,
)
from assistance.drafts import Asked
from assistance.lifecycle import Action, State
from assistance.models import Message, Question, Ticket
from portal.core.models import Effect
from portal.core.privacy import documents
from portal.core.privacy.file_forms import Upload
from portal.people.models import Center, Discipline, User

CONTENT = Path(__file__).parent / "content" / "requests.toml"
NAMESPACE = UUID("5d1d1f3e-6a0b-4a4e-9d59-5b8a5f0c7e11")
FIRST_WORD, BETWEEN = 150, 390  # business minutes until the first answer, and between messages
# What the last reply of the staff does in a request that ends up in a state.
LAST_REPLY = {
    State.WAITING: Action.ASK_BACK,
    State.ANSWERED: Action.ANSWER,
    State.CLOSED: Action.ANSWER,
}
QUESTION_DAYS_AGO = (41, 17, 3)
WANTED_AFTER = timedelta(days=14)


def load_requests(people: Mapping[str, User], now: datetime) -> None:
    """Load what is missing of `content/requests.toml`, and the work around it (`demo_work`).

    `people` names "manager", "specialist", "advocate" (who asks the questions) and each center's
    coordinator under the center's slug. Nobody is mailed about what happened long ago.
    """
    content = tomllib.loads(CONTENT.read_text())
    newest = Effect.objects.order_by("-pk").first()
    with transaction.atomic():
        for row in sorted(content["requests"], key=lambda row: -row["days_ago"]):
            _load_request(row, people, now)
        for row, days in zip(content["questions"], QUESTION_DAYS_AGO, strict=False):
            _load_question(row, people, _morning(now, days))
        demo_work.load_work(people, now, _key)
        ours = Effect.objects.filter(kind__startswith="assistance.", done_at__isnull=True)
        ours.filter(pk__gt=newest.pk if newest else 0).update(done_at=timezone.now())


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def _morning(now: datetime, days_ago: int) -> datetime:
    """Return a quarter past ten on the business day `days_ago` days ago, or the one before it."""
    day = now.astimezone(calendar.ZONE).date() - timedelta(days=days_ago)
    while not calendar.is_business_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(10, 15), calendar.ZONE)


@dataclass(slots=True)
class _Play:
    """One sample request as it runs; `at` is the instant of the next step."""

    ticket: Ticket
    people: Mapping[str, User]
    now: datetime
    at: datetime

    def wait(self, minutes: int) -> datetime:
        """Let business minutes pass, but never into the future."""
        self.at = min(calendar.add_minutes(self.at, minutes), self.now)
        return self.at

    def fresh(self) -> Ticket:
        self.ticket.refresh_from_db()
        return self.ticket

    def who(self, by: str) -> User:
        return self.ticket.requester if by == "requester" else self.people[by]


def _load_request(row: dict[str, Any], people: Mapping[str, User], now: datetime) -> None:
    key = _key(f"request-{row['number_hint']}")
    requester = people.get(row["center"])
    if requester is None or Ticket.objects.filter(uuid=key).exists():
        return
    at = _morning(now, row["days_ago"])
    ticket = drafts.send(_asked(row, at), by=requester, key=key, at=at)
    play = _Play(ticket, people, now, at)
    messages = row.get("messages", [])
    _assign(play, messages)
    last = _last_reply(messages)
    for index, message in enumerate(messages):
        play.wait(BETWEEN if index else FIRST_WORD)
        then = LAST_REPLY.get(State(row["state"])) if index == last else None
        _say(play, message, then, _key(f"message-{row['number_hint']}-{index}"))
    _attach(play, row)
    _end(play, row)


def _attach(play: _Play, row: dict[str, Any]) -> None:
    """The requester's file, read as any other."""
    if "file_name" not in row:
        return
    read = documents.inspect(row["file_name"], row["file_text"].encode())
    upload = Upload(read.name, read.kind, documents.cleaned(read))
    key, by = _key(f"file-{row['number_hint']}"), play.ticket.requester
    attachments.add(play.fresh(), upload, by=by, key=key, at=play.wait(BETWEEN))


def _asked(row: dict[str, Any], at: datetime) -> Asked:
    return Asked(
        subject=row["subject"],
        question=row["body"],
        type=row["type"],
        center=Center.objects.get(slug=row["center"]),
        discipline=Discipline.objects.get(slug=row["discipline"]),
        urgency=row["urgency"],
        wanted_by=timezone.localdate(at) + WANTED_AFTER,
        topics=row["topics"],
    )


def _assign(play: _Play, messages: list[dict[str, Any]]) -> None:
    """Give it to whoever speaks first; a request without an answer waits in the queue."""
    staff = [m["by"] for m in messages if m["by"] != "requester"]
    if staff:
        manager = play.people["manager"]
        tickets.assign(play.ticket, by=manager, to=play.who(staff[0]), at=play.wait(45))


def _last_reply(messages: list[dict[str, Any]]) -> int:
    replies = [
        index
        for index, m in enumerate(messages)
        if m["kind"] == Message.Kind.REPLY and m["by"] != "requester"
    ]
    return replies[-1] if replies else -1


def _say(play: _Play, message: dict[str, Any], then: Action | None, key: UUID) -> None:
    by, text, minutes = play.who(message["by"]), message["text"], message["hours_minutes"]
    if message["kind"] == Message.Kind.REPLY:
        conversation.reply(
            play.fresh(), by=by, text=text, key=key, then=then, minutes=minutes, at=play.at
        )
        return
    conversation.note(play.fresh(), by=by, text=text, key=key, at=play.at)
    if minutes:
        hours.log(play.fresh(), by=by, staff_minutes=minutes, at=play.at)


def _end(play: _Play, row: dict[str, Any]) -> None:
    if row["state"] == State.CLOSED:
        requester = play.ticket.requester
        tickets.apply(play.fresh(), Action.CONFIRM, by=requester, at=play.wait(30))
    elif row["state"] == State.DECLINED:
        manager, reason = play.people["manager"], row["reason"]
        tickets.apply(play.fresh(), Action.DECLINE, by=manager, reason=reason, at=play.wait(30))


def _load_question(row: dict[str, Any], people: Mapping[str, User], at: datetime) -> None:
    key, asker = _key(f"question-{row['subject']}"), people.get("advocate")
    if asker is None or row["center"] not in people or Question.objects.filter(key=key).exists():
        return
    center = Center.objects.get(slug=row["center"])
    question = questions.ask(
        by=asker, center=center, subject=row["subject"], body=row["body"], key=key, at=at
    )
    if row["answer"]:
        answered_at = calendar.add_minutes(at, FIRST_WORD)
        questions.answer(question, by=people[row["center"]], text=row["answer"], at=answered_at)
