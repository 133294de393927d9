"""A dozen talks of the demo, over two fiscal years, at two centers; fictional."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from portal.people.models import Center, County, Discipline, User
from training import outreach, transcript
from training.models import LiveSession, OutreachTalk, TalkCount
from training.outreach import PROFESSION, Facts, Group

Audience = TalkCount.Audience
Mode = LiveSession.Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One talk: `days` ago, or before the fiscal year began where it is one of last year.

    `people` are heads by audience, or by the slug of a profession.
    """

    title: str
    days: int
    people: dict[str, int]
    is_of_last_year: bool = False
    minutes: int = 60
    mode: str = Mode.IN_PERSON
    center: str = "essex"
    county: str = "essex"
    topics: tuple[str, ...] = ("csec-basics",)
    funding: str = "voca"


PLANS = (
    Plan(title="Recognizing concern, for school nurses", days=4, people={"school": 23},
         topics=("identification", "mandated-reporting")),
    Plan(title="What CSEC is, at a library evening", days=11, minutes=90,
         people={"community": 31, "caregivers": 12}, funding="cja"),
    Plan(title="Online exploitation, for parents", days=19, people={"caregivers": 44},
         topics=("online",)),
    Plan(title="Words that protect, at roll call", days=27, minutes=20,
         people={"law-enforcement-local": 18}, topics=("language",)),
    Plan(title="Safe online, for a student council", days=38, minutes=45,
         people={"students": 27, "school": 2}, topics=("online",), funding="state"),
    Plan(title="Missing and returned, for program staff", days=9, minutes=75,
         people={"congregate-care": 16, "dys": 3}, topics=("missing",),
         center="capeislands", county="barnstable"),
    Plan(title="How to refer, for pediatric offices", days=24, mode=Mode.VIRTUAL,
         people={"medical": 14, "mental-health": 5}, topics=("medical", "team-roles"),
         center="capeislands", county=""),
    Plan(title="Community forum on online safety", days=45, minutes=90,
         people={"community": 52, "caregivers": 21}, topics=("online",),
         center="capeislands", county="nantucket", funding="state"),
    Plan(title="Mandated reporting, for youth coaches", days=20, is_of_last_year=True,
         people={"community": 35}, topics=("mandated-reporting",)),
    Plan(title="Trauma and coercion, for probation", days=64, is_of_last_year=True, minutes=120,
         people={"juvenile-court": 12, "defense": 4}, topics=("trauma",), funding="cja"),
    Plan(title="What CSEC is, for ferry and port staff", days=40, is_of_last_year=True,
         people={"community": 19, "other": 3}, center="capeislands", county="dukes"),
    Plan(title="Recognizing concern, for emergency rooms", days=110, is_of_last_year=True,
         minutes=50, people={"medical": 26}, topics=("identification", "medical"),
         center="capeislands", county="barnstable"),
)  # fmt: skip


def load_talks(people: dict[str, User], now: datetime) -> None:
    """Log what is missing, each by its center's coordinator; one of them is corrected."""
    for number, plan in enumerate(PLANS):
        by = people[plan.center]
        key = uuid5(NAMESPACE_URL, f"demo/talk/{number}")
        talk = outreach.log(_facts(plan, now), by=by, key=key, at=_logged(plan, now))
        if number == 1 and not OutreachTalk.objects.filter(corrects=talk).exists():
            _correct(talk, by)


def _correct(talk: OutreachTalk, by: User) -> None:
    said = outreach.facts_of(talk)
    values = {name: getattr(said, name) for name in outreach.COLUMNS}
    counted = {**said.people, (Audience.COMMUNITY.value, None): 34}
    key = uuid5(NAMESPACE_URL, f"demo/talk/corrects/{talk.key}")
    outreach.correct(talk, Facts(**values, people=counted), by=by, key=key)


def _day(plan: Plan, now: datetime) -> date:
    today = timezone.localdate(now)
    if plan.is_of_last_year:
        today = date(transcript.fiscal_year(today) - 1, transcript.FISCAL_YEAR_BEGINS, 1)
    return today - timedelta(days=plan.days)


def _logged(plan: Plan, now: datetime) -> datetime:
    """Return the evening of the day, Eastern; never a moment that has not come."""
    evening = timezone.make_aware(datetime.combine(_day(plan, now), time(18)))
    return min(evening, now)


def _facts(plan: Plan, now: datetime) -> Facts:
    return Facts(
        title=plan.title,
        happened_on=_day(plan, now),
        minutes=plan.minutes,
        mode=plan.mode,
        center=Center.objects.get(slug=plan.center),
        county=County.objects.filter(slug=plan.county).first(),
        topics=list(plan.topics),
        funding=plan.funding,
        people={_group(who): number for who, number in plan.people.items()},
    )


def _group(who: str) -> Group:
    if who in Audience.values:
        return who, None
    return PROFESSION.value, Discipline.objects.get(slug=who).pk
