"""Each of the sixteen measures, with a case small enough to be counted by hand."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from assistance.lifecycle import Action
from assistance.models import TimeEntry
from portal.people.models import Center, CoordinatorAssignment, Membership
from portal.reports import reading
from portal.reports.periods import EASTERN, Period
from resources.models import Forum, Initiative, Milestone, PublishedVersion, ResourceUse
from tests.assistance import making
from tests.factories import UserFactory
from tests.reports.test_report import complete
from tests.resources.factories import make_resource
from tests.training.factories import make_module
from tests.training.outside_making import accepted
from tests.training.session_factories import make_session
from tests.training.talk_making import CAREGIVERS, COMMUNITY, make_talk
from tests.world import World
from training.models import (
    EvaluationAnswer,
    EvaluationDone,
    QuestionVersion,
    QuizAttempt,
    Response,
)

pytestmark = pytest.mark.django_db

QUARTER = Period.parse("calendar-2026-q3")


def at(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=EASTERN)


def whole(measure: str, period: Period = QUARTER, funding: str = "") -> dict[str, Any]:
    return dict(reading.of_period(period, funding).table(measure).whole.numbers)


def by(measure: str, cut: str, column: str) -> dict[str, Any]:
    rows = reading.of_period(QUARTER).table(measure, cut).rows
    return {row.key: row.numbers[column] for row in rows}


def test_1_two_sessions_of_three_were_held_in_the_quarter(world: World) -> None:
    make_session(world.trainer, center="essex", starts_at=at(7, 1, 0), topics=["legal", "trauma"])
    make_session(world.trainer, starts_at=at(9, 30, 23), mode="in_person", funding="voca")
    make_session(world.trainer, starts_at=at(10, 1, 0))
    make_session(world.trainer, starts_at=at(8, 3), cancelled_at=at(8, 2))
    assert whole("trainings") == {"trainings": 2}
    assert whole("trainings", funding="voca") == {"trainings": 1}
    assert by("trainings", "way", "trainings") == {"virtual": 1, "in_person": 1}
    assert by("trainings", "county", "trainings") == {"essex": 1, "statewide": 1}
    assert by("trainings", "topic", "trainings") == {"legal": 1, "trauma": 1, "": 1}


def test_2_3_and_5_one_person_twice_and_another_once(world: World) -> None:
    first = complete(world, "member", "F04", at(7, 2))
    second = complete(world, "member", "F05", at(8, 2))
    third = complete(world, "coordinator", "F06", at(9, 2))
    complete(world, "other_member", "F07", at(10, 2))
    assert whole("attendances") == {"attendances": 3}
    assert whole("people") == {"people": 2}
    assert whole("minutes") == {"minutes": first.minutes + second.minutes + third.minutes}
    assert by("people", "center", "people") == {"essex": 2}
    # The coordinator's assignment began today, after the day of the completion.
    assert by("attendances", "role", "attendances") == {"member": 3}


def test_4_two_talks_and_the_heads_there(world: World) -> None:
    day = date(2026, 7, 4)
    make_talk(world.manager, happened_on=day, minutes=60, people={COMMUNITY: 10, CAREGIVERS: 5})
    make_talk(world.manager, happened_on=day, minutes=30, people={COMMUNITY: 20})
    assert whole("outreach") == {"talks": 2, "heads": 35, "minutes": 15 * 60 + 20 * 30}
    assert by("outreach", "audience", "talks") == {"community": 2, "caregivers": 1}
    assert by("outreach", "audience", "heads") == {"community": 30, "caregivers": 5}


def test_6_two_people_knew_one_of_four_before_and_three_after(world: World) -> None:
    questions = [
        QuestionVersion.objects.create(
            question_id=name, kind="single", prompt="?", options=[], sha256=name * 64
        )
        for name in "ab"
    ]
    said = {  # account: right before, right after
        "member": ((True, False), (True, True)),
        "coordinator": ((False, False), (False, True)),
    }
    for place, (account, (before, after)) in enumerate(said.items()):
        done = complete(world, account, f"F0{place + 4}", at(8, 5))
        for kind, right in (("before", before), ("quiz", after)):
            attempt = QuizAttempt.objects.create(
                enrolment=done.enrolment,
                kind=kind,
                question_ids=[],
                pass_mark=80,
                closed_at=at(8, 5),
                score=50,
            )
            for question, is_right in zip(questions, right, strict=True):
                Response.objects.create(
                    attempt=attempt, question=question, chosen=[], is_right=is_right
                )
    assert whole("knowledge") == {"people": 2, "before": 25, "after": 75, "better": 100}


def test_7_two_of_four_agree_and_one_of_two_evaluated(world: World) -> None:
    done = complete(world, "member", "F04", at(8, 5))
    complete(world, "coordinator", "F05", at(8, 6))
    EvaluationDone.objects.create(enrolment=done.enrolment)
    for value in (5, 4, 3, 1):
        EvaluationAnswer.objects.create(
            module=done.module,
            month=date(2026, 8, 1),
            clear=value,
            length=5,
            useful=1,
            safe=5,
            objectives=4,
        )
    assert whole("evaluations") == {
        "answers": 4,
        "rate": 50,
        "clear": 50,
        "length": 100,
        "useful": 0,
        "safe": 100,
        "objectives": 100,
    }


def test_8_one_of_two_on_the_roster_has_the_hours(world: World) -> None:
    Membership.objects.all().delete()
    for _number in range(2):
        person = UserFactory()
        Membership.objects.create(
            user=person, center=Center.objects.get(slug="essex"), starts_on=date(2026, 1, 1)
        )
    assert whole("pathway") == {"people": 2, "met": 0, "share": 0}
    accepted(person, by=world.manager, minutes=14 * 60, completed_on=date(2026, 8, 1))
    assert whole("pathway") == {"people": 2, "met": 1, "share": 50}
    assert by("pathway", "center", "people")["essex"] == 2
    assert by("pathway", "center", "share")["bristol"] is None


def test_9_one_came_one_went_and_one_is_open(world: World) -> None:
    ticket = making.sent(world, at=at(6, 29))
    making.tickets.apply(
        ticket, Action.WITHDRAW, by=world.coordinator, reason="No longer needed", at=at(7, 2)
    )
    making.sent(world, at=at(9, 30, 23))
    assert whole("requests") == {"received": 1, "resolved": 1}
    assert whole("open") == {"open": 1}
    assert by("requests", "type", "resolved") == {"practice": 1}


def test_10_three_kinds_of_time_and_an_entry_taken_back(world: World) -> None:
    ticket = making.assigned(world, at=at(7, 6))
    for minutes, length in ((45, 30), (20, 0), (-20, 0)):
        TimeEntry.objects.create(
            ticket=ticket,
            person=world.specialist,
            worked_on=date(2026, 7, 7),
            mode="call",
            staff_minutes=minutes,
            activity_minutes=length,
            attendees=3 if length else 0,
        )
    assert whole("effort") == {"staff": 45, "activity": 30, "contact": 90}


def test_11_a_business_day_and_a_half_is_the_median_of_one_and_two(world: World) -> None:
    """From a Monday at ten: a reply on Tuesday at ten, another on Wednesday at ten."""
    for days in (1, 2):
        ticket = making.assigned(world, at=at(7, 13, 10))
        making.say(ticket, world.specialist, "A first word.", at=at(7, 13 + days, 10))
    found = whole("speed")
    assert (found["replied"], found["reply_median"], found["reply_nine"]) == (2, 1.5, 2.0)
    assert (found["answered"], found["answer_median"]) == (0, None)


def test_12_one_page_is_new_and_was_revised_once(world: World) -> None:
    page = make_resource("A card", live=False)
    for version, is_first in (("1.0", True), ("1.1", False)):
        PublishedVersion.objects.create(
            page_id=page.pk,
            version=version,
            kind="guide",
            is_first=is_first,
            published_at=at(8, 1),
        )
    assert whole("materials") == {"developed": 1, "revised": 1}


def test_12_publishing_notes_a_version_once(world: World) -> None:
    page = make_resource("A card")
    page.save_revision().publish()
    page.version = "2.0"
    page.save_revision().publish()
    found = PublishedVersion.objects.filter(page=page.pk).order_by("pk")
    assert list(found.values_list("version", "is_first")) == [("1.0", True), ("2.0", False)]


def test_13_two_people_opened_three_times(world: World) -> None:
    page = make_resource("A card")
    for person, day in ((world.member, 1), (world.member, 2), (world.coordinator, 2)):
        ResourceUse.objects.create(person=person, page_id=page.pk, day=date(2026, 8, day))
    assert whole("readers") == {"people": 2, "uses": 3}


def test_14_two_forums_of_which_one_was_counted(world: World) -> None:
    for audience, level in ((20, "state"), (None, "national")):
        Forum.objects.create(
            happened_on=date(2026, 9, 9),
            level=level,
            kind="briefing",
            title="A briefing",
            audience=audience,
            funding="state",
            key=uuid4(),
            recorded_by=world.manager,
        )
    assert whole("forums") == {"forums": 2, "people": 20}
    assert by("forums", "level", "forums") == {"state": 1, "national": 1}


def test_15_of_three_milestones_one_is_done_and_one_is_late(world: World) -> None:
    initiative = Initiative.objects.create(slug="drive", name="A drive", aim="To get there.")
    for due, done in (
        (date(2026, 8, 1), date(2026, 8, 2)),
        (date(2026, 9, 1), date(2026, 10, 5)),
        (date(2026, 12, 1), None),
    ):
        Milestone.objects.create(initiative=initiative, text="A step", due_on=due, done_on=done)
    assert whole("initiatives") == {"milestones": 3, "done": 1, "late": 1}


def test_16_the_centers_of_two_coordinators_serve_four_counties(world: World) -> None:
    CoordinatorAssignment.objects.update(starts_on=date(2026, 1, 1))
    assert whole("coverage") == {"covered": 4, "counties": 14}
    before = Period.parse("calendar-2025-q3")
    assert whole("coverage", before) == {"covered": 0, "counties": 14}


def test_a_period_that_runs_ends_today(world: World) -> None:
    today = timezone.localdate()
    make_session(world.trainer, starts_at=timezone.now() + timedelta(days=1))
    assert whole("trainings", Period.of("calendar", today + timedelta(days=1))) == {"trainings": 0}
    make_module("F04")
    assert whole("trainings", Period.of("calendar", today)) == {"trainings": 1}
