"""Any course a request may take: no sequence reaches an illegal state or loses a word."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from assistance import (
    closing,
    conversation,
    drafts,
    facts,
    hours,
    lifecycle,
    policies,
    relations,
    tickets,
    watching,
)
from assistance.lifecycle import Action, NotAllowed, State
from assistance.models import Message, Ticket
from assistance.relations import Second
from assistance.tickets import Stale, Unmet
from portal.core.models import Event
from portal.people.models import User
from tests.assistance.making import answered, asked, assigned, closed, say, sent
from tests.assistance.test_lifecycle import AGREED
from tests.world import World

REFUSALS = (NotAllowed, Unmet, Stale)
STEPS = {(source, target) for (source, _action, _part), target in AGREED.items()}
PEOPLE = ["coordinator", "specialist", "manager", "deputy", "other_coordinator", "member"]
STRANGERS = {"other_coordinator", "member"}
person = st.sampled_from(PEOPLE)
which = st.integers(0, 3)
SECOND = Second("A second matter", "Who takes the minutes?", "practice", ["facilitation"])


def waiting(world: World, *, at: datetime) -> Ticket:
    ticket = assigned(world, at=at)
    say(ticket, world.specialist, then=Action.ASK_BACK, at=at)
    return ticket


class Courses(RuleBasedStateMachine):
    """Up to four requests of Essex, and everybody trying everything on them as days go by."""

    # All of these are set by the test.
    world: World
    begin: ClassVar[Callable[..., Ticket]]  # how far the first request has come already
    taken: ClassVar[set[tuple[str, str]]]  # steps that some example took

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = timezone.now()
        self.states: dict[int, str] = {}
        self.words: dict[int, list[str]] = {}
        self.versions: dict[int, int] = {}
        self.said = 0
        row = type(self).begin(self.world, at=self.now)
        row.refresh_from_db()
        self.states[row.pk] = row.state

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, who: str, step: Callable[[User], object]) -> None:
        """Take a step as somebody; refused or done whole, and strangers never get anywhere."""
        self.now += timedelta(minutes=7)
        before = Event.objects.count()
        with suppress(*REFUSALS), transaction.atomic():
            step(self.world.people[who])
            assert who not in STRANGERS or Event.objects.count() == before

    def ticket(self, number: int) -> Ticket:
        rows = list(Ticket.objects.order_by("pk"))
        return rows[number % len(rows)]

    def text(self) -> str:
        self.said += 1
        return f"Word {self.said}"

    @rule()
    def send(self) -> None:
        if len(self.states) < 4:
            drafts.send(asked(), by=self.world.coordinator, key=uuid4(), at=self.now)

    @rule(n=which, who=person, to=st.sampled_from(["specialist", "manager", "member"]))
    def assign(self, n: int, who: str, to: str) -> None:
        given = self.world.people[to]
        self.attempt(who, lambda by: tickets.assign(self.ticket(n), by=by, to=given, at=self.now))

    @rule(
        n=which,
        who=person,
        then=st.sampled_from([None, None, Action.ANSWER, Action.ASK_BACK, Action.REOPEN]),
        minutes=st.sampled_from([0, 0, 30]),
        seen=st.sampled_from([None, None, 0]),
    )
    def reply(self, n: int, who: str, then: Action | None, minutes: int, seen: int | None) -> None:
        more: dict[str, Any] = {"then": then, "minutes": minutes, "version": seen}
        text = self.text()
        self.attempt(
            who,
            lambda by: conversation.reply(
                self.ticket(n), by=by, text=text, key=uuid4(), at=self.now, **more
            ),
        )

    @rule(n=which, who=person)
    def note(self, n: int, who: str) -> None:
        text = self.text()
        self.attempt(
            who,
            lambda by: conversation.note(
                self.ticket(n), by=by, text=text, key=uuid4(), at=self.now
            ),
        )

    @rule(n=which, who=person, action=st.sampled_from(Action), other=which, is_told=st.booleans())
    def act(self, n: int, who: str, action: Action, other: int, is_told: bool) -> None:
        reason = self.text() if is_told else ""
        self.attempt(
            who,
            lambda by: tickets.apply(
                self.ticket(n),
                action,
                by=by,
                reason=reason,
                target=self.ticket(other),
                at=self.now,
            ),
        )

    @rule(n=which, pick=st.integers(0, 60), other=which)
    def offered(self, n: int, pick: int, other: int) -> None:
        """One of the transitions that the page offers somebody just now."""
        row, target, reason = self.ticket(n), self.ticket(other), self.text()
        known = facts.of(row, at=self.now, reason=reason, target=target)
        ways = [
            (who, way.action)
            for who in PEOPLE
            for way in lifecycle.allowed(known, policies.parts(self.world.people[who], row))
            if not lifecycle.missing(way, known)
        ]
        if ways:
            who, action = ways[pick % len(ways)]
            by = self.world.people[who]
            tickets.apply(row, action, by=by, reason=reason, target=target, at=self.now)

    @rule(n=which, who=person, other=which)
    def tie(self, n: int, who: str, other: int) -> None:
        self.attempt(
            who,
            lambda by: relations.relate(self.ticket(n), by=by, to=self.ticket(other), at=self.now),
        )

    @rule(n=which, who=person, into=which)
    def merge(self, n: int, who: str, into: int) -> None:
        self.attempt(
            who,
            lambda by: relations.merge(self.ticket(n), by=by, into=self.ticket(into), at=self.now),
        )

    @rule(n=which, who=person)
    def split(self, n: int, who: str) -> None:
        if len(self.states) < 4:
            self.attempt(
                who,
                lambda by: relations.split(self.ticket(n), SECOND, by=by, key=uuid4(), at=self.now),
            )

    @rule(n=which, who=person)
    def watch(self, n: int, who: str) -> None:
        self.attempt(who, lambda by: watching.start(self.ticket(n), user=by, by=by))

    @rule(n=which, who=person)
    def log(self, n: int, who: str) -> None:
        self.attempt(
            who, lambda by: hours.log(self.ticket(n), by=by, staff_minutes=15, at=self.now)
        )

    @rule(days=st.sampled_from([1, 12, 40, 200]))
    def night(self, days: int) -> None:
        """Days go by; the nightly jobs run as they would at their end."""
        self.now += timedelta(days=days)
        closing.close_silent(self.now)
        self.check()
        closing.archive(closing.rested(self.now), self.now)

    @invariant()
    def check(self) -> None:
        rows = {row.pk: row for row in Ticket.objects.all()}
        assert rows
        numbers = sorted((row.number or "").rsplit("-", 1) for row in rows.values())
        for year, of_year in groupby(numbers, key=lambda number: number[0]):
            taken = [int(number[1]) for number in of_year]
            assert taken == list(range(1, len(taken) + 1)), year
        for pk, row in rows.items():
            before = self.states.get(pk, "draft")
            assert before == row.state or (before, row.state) in STEPS
            if before != row.state:
                self.taken.add((before, row.state))
            assert row.version >= self.versions.get(pk, 0)
            self._check_words(row)
            self.states[pk], self.versions[pk] = row.state, row.version

    def _check_words(self, row: Ticket) -> None:
        """Each word stays where it was said, until the archive empties all of them."""
        words = list(Message.objects.filter(ticket=row).values_list("text", flat=True))
        before = self.words.get(row.pk, [])
        if row.state == State.ARCHIVED:
            assert len(words) == len(before)
            assert not any(words)
            assert (row.subject, row.question, row.reason) == ("", "", "")
        else:
            assert words[: len(before)] == before
            assert row.question
        self.words[row.pk] = words


@pytest.mark.django_db
@pytest.mark.parametrize("begin", [sent, assigned, waiting, answered, closed])
def test_no_course_reaches_an_illegal_state_or_loses_a_word(
    world: World, begin: Callable[..., Ticket]
) -> None:
    Courses.world, Courses.begin, Courses.taken = world, staticmethod(begin), set()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Courses,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(Courses.taken) >= 4, "the examples hardly moved"
