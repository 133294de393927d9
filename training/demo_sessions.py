"""Live sessions of the demo: four to come and three held, named after the curriculum.

Of those held one is credit and evaluated, one is credit, and one waits for its trainer.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from portal.core import events
from portal.core.funding import Funding
from portal.people.models import Center, User
from training import attendance, evaluations, session_credit
from training.intervals import Stretch
from training.models import Attendance, LiveSession, ModulePage, Registration
from training.session_credit import Worth

ROOM = "Training room, ground floor"
Mode = LiveSession.Mode
SAID = {"clear": 4, "length": 4, "useful": 5, "safe": 5, "objectives": 4, "text": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One session: `days` from today or the next working day, at `hour` Eastern.

    `keys` name those registered, `learners` is how many of the sixty come on top.
    """

    title: str
    summary: str
    code: str
    days: int
    hour: int
    minutes: int
    mode: str
    center: str = ""
    capacity: int | None = None
    keys: tuple[str, ...] = ()
    learners: int = 0
    topics: tuple[str, ...] = ()
    is_settled: bool = False
    answers: int = 0


PLANS = (
    Plan(
        title="Your team: roles, decision rights and hand-offs in a county CSEC MDT",
        summary="Each discipline says what it decides, what it hands on, and to whom.",
        code="F02", days=6, hour=10, minutes=90, mode=Mode.IN_PERSON, center="essex",
        capacity=20, keys=("advocate", "essex"),
    ),
    Plan(
        title="Words that protect: survivor-centered language in notes, court and e-mail",
        summary="Bring a form or a letter your office uses, with nobody's details in it.",
        code="F05", days=13, hour=12, minutes=60, mode=Mode.VIRTUAL,
        keys=("advocate", "capeislands"), learners=14,
    ),
    Plan(
        title="Facilitating a CSEC case conference",
        summary="Agenda, time and follow-up, practiced in small groups.",
        code="E16", days=20, hour=13, minutes=120, mode=Mode.HYBRID, capacity=6,
        keys=("capeislands", "c.bristol", "c.hampden", "c.plymouth", "c.suffolk", "c.worcester"),
    ),
    Plan(
        title="Staying well: vicarious trauma, supervision and team care",
        summary="What teams can do for one another, and what to ask of supervision.",
        code="F13", days=34, hour=9, minutes=90, mode=Mode.VIRTUAL, capacity=40, learners=9,
    ),
    Plan(
        title="Mandated reporting in practice: 51A, 51B and what happens next",
        summary="The steps of a report, and what each partner hears afterwards.",
        code="F04", days=-15, hour=12, minutes=60, mode=Mode.VIRTUAL,
        keys=("advocate",), learners=18,
    ),
    Plan(
        title="Universal screening and the CSE-IT: what a score can and cannot say",
        summary="How a score is read at the table, and what it never decides.",
        code="F07", days=-33, hour=12, minutes=75, mode=Mode.VIRTUAL,
        keys=("advocate",), learners=14, topics=("identification",), is_settled=True, answers=6,
    ),
    Plan(
        title="Confidentiality and information sharing across seven disciplines",
        summary="What may be said at the table, by whom, and what stays outside.",
        code="F12", days=-47, hour=10, minutes=90, mode=Mode.IN_PERSON, center="essex",
        capacity=25, keys=("advocate", "essex"), is_settled=True,
        topics=("confidentiality", "ethics-and-boundaries"),
    ),
)  # fmt: skip


def load_sessions(people: dict[str, User], now: datetime) -> None:
    """Make what is missing; sessions that exist are left alone. `people` is `load_people`'s."""
    learners = [person for key, person in sorted(people.items()) if "@" in key]
    joined = [person for person in learners if person.has_joined]
    for plan in PLANS:
        if not LiveSession.objects.filter(title=plan.title, trainer=people["trainer"]).exists():
            session = _make(plan, people["trainer"], now)
            _fill(session, [people[key] for key in plan.keys] + joined[: plan.learners], now)
            if plan.is_settled:
                _hold(session, plan)


def _make(plan: Plan, trainer: User, now: datetime) -> LiveSession:
    day = _working_day(timezone.localtime(now).date() + timedelta(days=plan.days))
    start = timezone.make_aware(datetime.combine(day, time(plan.hour)))
    session = LiveSession.objects.create(
        title=plan.title,
        summary=plan.summary,
        module=ModulePage.objects.filter(code=plan.code).first(),
        starts_at=start,
        minutes=plan.minutes,
        mode=plan.mode,
        place="" if plan.mode == Mode.VIRTUAL else ROOM,
        center=Center.objects.get(slug=plan.center) if plan.center else None,
        trainer=trainer,
        capacity=plan.capacity,
        check_in_code="402713",
    )
    _note("made", session, trainer, min(start, now) - timedelta(days=10))
    return session


def _hold(session: LiveSession, plan: Plan) -> None:
    """Record who came, the last registered left early, make it credit and let some evaluate it."""
    trainer = session.trainer
    worth = Worth(
        topics=list(plan.topics),
        objectives=plan.summary,
        pause_minutes=0,
        threshold=80,
        funding=Funding.CJA,
        rules=tuple(session_credit.rules_for(trainer)),
    )
    session_credit.say(session, worth, by=trainer)
    rows = list(session.registrations.order_by("registered_at", "pk").select_related("person"))
    attendance.mark(session, [row.person_id for row in rows], by=trainer)
    if plan.learners:
        early = session.attendances.current().get(person=rows[-1].person_id)
        stretch = Stretch(session.starts_at, session.starts_at + timedelta(minutes=30))
        attendance.correct(early, [stretch], reason=Attendance.Reason.LEFT_EARLY, by=trainer)
    attendance.settle(session, by=trainer)
    for row in rows[: plan.answers]:
        evaluations.give_of_session(row.person, session, said=SAID)


def _working_day(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def _fill(session: LiveSession, people: list[User], now: datetime) -> None:
    """Register the people, a few hours apart, before the session and before now."""
    for number, person in enumerate(people):
        at = min(session.starts_at, now) - timedelta(days=9) + timedelta(hours=5 * number)
        Registration.objects.create(session=session, person=person, registered_at=at, placed_at=at)
        _note("registered", session, person, at)


def _note(happened: str, session: LiveSession, by: User, at: datetime) -> None:
    kind = f"training.session_{happened}"
    events.record(kind, actor=by, subject=session, center_id=session.center_id, at=at)
