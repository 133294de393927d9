"""A year and more of work, drawn by a seed, in rows as they would stand: for the recount.

From June 2025 to October 2026, hours around midnight in Massachusetts among them. Fictional.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from assistance import tickets
from assistance.lifecycle import Action
from assistance.models import TimeEntry
from portal.core.funding import Funding
from portal.people.models import (
    Center,
    CoordinatorAssignment,
    Discipline,
    Membership,
    RoleGrant,
    User,
)
from portal.people.models.person import PersonAlias
from resources.models import Forum, Initiative, Milestone, PublishedVersion, ResourceUse
from tests.assistance import making
from tests.factories import UserFactory
from tests.resources.factories import make_resource
from tests.training.factories import make_module
from tests.training.session_factories import make_session
from tests.training.talk_making import CAREGIVERS, COMMUNITY, make_talk, profession
from tests.world import World
from training import outreach
from training.models import (
    Attendance,
    Completion,
    CompletionAnnulment,
    Enrolment,
    EvaluationAnswer,
    EvaluationDone,
    QuestionVersion,
    QuizAttempt,
    Response,
)

EASTERN = ZoneInfo("America/New_York")
FIRST, LAST = date(2025, 6, 1), date(2026, 10, 31)
FUNDINGS = ["", *Funding.values]
TOPICS = ["legal", "language", "trauma", "online"]


def fill(world: World, seed: int = 7) -> None:
    chance = Random(seed)
    people = _people(chance)
    _completions(chance, people, world)
    _sessions(chance, people, world)
    _talks(chance, world)
    _requests(chance, world)
    _library(chance, people)
    _statewide(chance, world)


def day(chance: Random) -> date:
    return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))


def moment(chance: Random) -> datetime:
    """Any minute, often the last or first half hour of a day in Massachusetts."""
    at = chance.choice([time(23, 30), time(0, 10), time(11), time(16, 45)])
    edges = [date(2025, 6, 30), date(2025, 7, 1), date(2025, 9, 30), date(2026, 7, 1)]
    on = chance.choice(edges) if chance.random() < 0.2 else day(chance)
    return datetime.combine(on, at, EASTERN)


def _people(chance: Random) -> list[User]:
    centers = list(Center.objects.order_by("slug")[:5])
    disciplines = list(Discipline.objects.order_by("slug")[:5])
    people = []
    for _number in range(24):
        person = UserFactory(discipline=chance.choice([*disciplines, None]))
        if chance.random() < 0.9:
            Membership.objects.create(
                user=person, center=chance.choice(centers), starts_on=date(2025, 1, 1)
            )
        people.append(person)
    CoordinatorAssignment.objects.create(
        user=people[0], center=centers[0], starts_on=date(2025, 3, 1), ends_on=date(2026, 2, 10)
    )
    RoleGrant.objects.create(
        user=people[1], role="trainer", starts_on=date(2025, 8, 1), ends_on=date(2026, 5, 5)
    )
    PersonAlias.objects.create(person=people[2], alias=people[3], merged_by=people[1])
    return people


def _completions(chance: Random, people: list[User], world: World) -> None:
    modules = [make_module(code) for code in ("F04", "F05", "F06")]
    version = QuestionVersion.objects.create(
        question_id="q", kind="single", prompt="A question?", options=[], sha256="0" * 64
    )
    another = QuestionVersion.objects.create(
        question_id="r", kind="single", prompt="Another?", options=[], sha256="1" * 64
    )
    for person in people:
        for page, release in modules:
            if chance.random() < 0.25:
                continue
            at = moment(chance)
            enrolment = Enrolment.objects.create(
                person=person, module=page, number=release.number, completed_at=at
            )
            done = Completion.objects.create(
                person=person,
                enrolment=enrolment,
                module=page,
                release=release,
                completed_at=at,
                minutes=release.minutes,
                discipline=person.discipline,
                center=person.centers.first(),
            )
            if chance.random() < 0.1:
                CompletionAnnulment.objects.create(
                    completion=done, reason="error", annulled_by=world.manager
                )
            if chance.random() < 0.6:
                EvaluationDone.objects.create(enrolment=enrolment)
            if chance.random() < 0.7:
                for kind, when in (("before", at - timedelta(hours=2)), ("quiz", at)):
                    attempt = QuizAttempt.objects.create(
                        enrolment=enrolment,
                        kind=kind,
                        question_ids=[],
                        pass_mark=80,
                        started_at=when,
                        closed_at=when,
                        score=80,
                    )
                    for question in (version, another):
                        Response.objects.create(
                            attempt=attempt,
                            question=question,
                            chosen=[],
                            is_right=chance.random() < (0.4 if kind == "before" else 0.8),
                        )
    for page, _release in modules:
        for _number in range(12):
            scores = {i: chance.randint(1, 5) for i in ("clear", "length", "useful", "safe")}
            EvaluationAnswer.objects.create(
                module=page,
                month=day(chance).replace(day=1),
                objectives=chance.randint(1, 5),
                **scores,
            )


def _sessions(chance: Random, people: list[User], world: World) -> None:
    centers: list[Any] = [*Center.objects.order_by("slug")[:4].values_list("slug", flat=True), ""]
    for _number in range(26):
        session = make_session(
            world.trainer,
            center=chance.choice(centers),
            starts_at=moment(chance),
            minutes=chance.choice([60, 90]),
            mode=chance.choice(["in_person", "virtual", "hybrid"]),
            topics=chance.sample(TOPICS, chance.randint(0, 3)),
            funding=chance.choice(FUNDINGS),
            cancelled_at=moment(chance) if chance.random() < 0.15 else None,
        )
        if session.cancelled_at:
            continue
        for person in chance.sample(people, chance.randint(0, 8)):
            attendance = Attendance.objects.create(
                session=session,
                person=person,
                minutes=session.minutes,
                source="list",
                recorded_by=world.trainer,
            )
            Completion.objects.create(
                person=person,
                attendance=attendance,
                completed_at=session.ends_at,
                minutes=session.minutes,
                discipline=person.discipline,
                center=person.centers.first(),
            )


def _talks(chance: Random, world: World) -> None:
    for _number in range(20):
        groups = chance.sample([COMMUNITY, CAREGIVERS, profession("medical")], chance.randint(1, 3))
        talk = make_talk(
            world.manager,
            happened_on=day(chance),
            minutes=chance.choice([30, 60, 75]),
            people={group: chance.randint(1, 40) for group in groups},
            funding=chance.choice(FUNDINGS),
        )
        if chance.random() < 0.2:
            kept = outreach.facts_of(talk)
            mended = replace(kept, people={COMMUNITY: 3})
            outreach.correct(talk, mended, by=world.manager, key=uuid4())


def _requests(chance: Random, world: World) -> None:
    kinds = ["practice", "review", "training", "data"]
    for _number in range(45):
        at = moment(chance)
        who, center = chance.choice(
            [(world.coordinator, "essex"), (world.other_coordinator, "capeislands")]
        )
        ticket = making.drafts.send(
            making.asked(center, type=chance.choice(kinds), urgency=chance.choice(
                ["today", "week", "routine"])),
            by=who, key=uuid4(), at=at,
        )  # fmt: skip
        ticket.funding = chance.choice(FUNDINGS)
        ticket.save(update_fields=["funding"])
        course = chance.random()
        if course < 0.2:
            continue
        if course < 0.3:
            tickets.apply(
                ticket,
                Action.WITHDRAW,
                by=who,
                reason="No longer needed",
                at=at + timedelta(days=3),
            )
            continue
        ticket = tickets.assign(
            ticket, by=world.manager, to=world.specialist, at=at + timedelta(hours=1)
        )
        answered = at + timedelta(days=chance.randint(1, 12), hours=2)
        making.say(
            ticket,
            world.specialist,
            "Put the safety items first.",
            then=Action.ANSWER,
            minutes=chance.choice([15, 30, 200]),
            at=answered,
        )
        ticket.refresh_from_db()
        if course < 0.8:
            ticket = tickets.apply(ticket, Action.CONFIRM, by=who, at=answered + timedelta(days=4))
        if course < 0.4:
            reopened = answered + timedelta(days=9)
            ticket = tickets.apply(
                ticket, Action.REOPEN, by=who, reason="One more thing", at=reopened
            )
            tickets.apply(
                ticket,
                Action.WITHDRAW,
                by=who,
                reason="No longer needed",
                at=reopened + timedelta(days=100),
            )
        TimeEntry.objects.create(
            ticket=ticket,
            person=world.specialist,
            worked_on=day(chance),
            mode="call",
            staff_minutes=45,
            activity_minutes=30,
            attendees=chance.randint(1, 6),
            funding=chance.choice(FUNDINGS),
        )


def _library(chance: Random, people: list[User]) -> None:
    for number in range(8):
        page = make_resource(f"Card {number}", kind=chance.choice(["guide", "checklist"]))
        for version in ("1.1", "1.2"):
            PublishedVersion.objects.create(
                page_id=page.pk,
                version=version,
                kind=page.kind,
                is_first=False,
                published_at=moment(chance),
            )
        for person in people:
            if chance.random() < 0.4:
                ResourceUse.objects.get_or_create(person=person, page_id=page.pk, day=day(chance))


def _statewide(chance: Random, world: World) -> None:
    for _number in range(14):
        Forum.objects.create(
            happened_on=day(chance),
            level=chance.choice(["local", "state", "national"]),
            kind="briefing",
            title="A briefing",
            audience=chance.choice([None, 20, 55]),
            funding=chance.choice(Funding.values),
            key=uuid4(),
            recorded_by=world.manager,
        )
    initiative = Initiative.objects.create(slug="drive", name="A drive", aim="To get there.")
    for number in range(5):
        due = day(chance)
        Milestone.objects.create(
            initiative=initiative,
            text=f"Step {number}",
            due_on=due,
            done_on=due + timedelta(days=chance.randint(-20, 60)) if number % 2 else None,
        )
