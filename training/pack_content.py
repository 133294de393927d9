"""What an accreditation pack says of a center: read once, in a fixed number of queries, then pure.

Minutes are clock minutes and days are days in America/New_York throughout. Hours are derived from
sums of minutes, 60 to the hour and cut, never added up themselves. Licences are each person's own
business and are not read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from training.certificates import contact_hours

SOURCES = ("module", "live", "outside")
ADVOCATES = frozenset({"cac-advocate", "victim-witness-advocate"})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the roster on a day of the range; `until` is their last day, once known."""

    pk: int
    name: str
    discipline: str
    is_advocate: bool
    title: str
    agency: str
    since: date
    until: date | None
    has_left: bool


@dataclass(frozen=True, slots=True)
class Training:
    """One completion that counts. `topics` are slugs of the list, or a module's own words.

    `paper` is the code of its certificate; of training elsewhere, whether its paper is on file.
    """

    completion: int
    person: int
    day: date
    title: str
    source: str
    minutes: int
    topics: tuple[str, ...] = ()
    competencies: frozenset[str] = frozenset()
    paper: str = ""
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """A requirement that falls on somebody, as of the last day. Minutes are None where it asks
    for none; `missing` says in words what is left.
    """

    person: int
    rule: str
    standard: str
    is_verified: bool
    is_met: bool
    have: int | None
    needed: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody of the roster was at a session; `known` says how that is known."""

    person: int
    minutes: int
    known: str
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sign-in sheet of one session, of this roster alone. `starts_at` is Eastern time."""

    session: int
    title: str
    starts_at: datetime
    minutes: int
    needed: int
    mode: str
    trainer: str
    is_settled: bool
    people: tuple[Presence, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    agency: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Protocol:
    version: str
    adopted_on: date
    review_by: date
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A competency of an advocate: the first training that covered it, and how many did."""

    competency: str
    training: Training | None
    times: int


@dataclass(frozen=True)
class Content:
    """Everything in a pack. `earlier` is training before the range, for the competencies alone."""

    center: str
    counties: tuple[str, ...]
    coordinators: tuple[str, ...]
    provider: str
    since: date
    until: date
    made_at: datetime
    made_by: str
    protocol: Protocol | None
    members: tuple[Member, ...]
    trainings: tuple[Training, ...]
    earlier: tuple[Training, ...]
    demands: tuple[Demand, ...]
    sheets: tuple[Sheet, ...]
    unverified: tuple[str, ...]
    waiting_papers: int = 0
    waiting_certificates: int = 0
    competencies: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_person(self) -> dict[int, list[Training]]:
        found: dict[int, list[Training]] = {member.pk: [] for member in self.members}
        for training in self.trainings:
            found[training.person].append(training)
        return found

    @cached_property
    def names(self) -> dict[int, str]:
        return {member.pk: member.name for member in self.members}

    @property
    def minutes(self) -> int:
        return total(self.trainings)

    @property
    def trained(self) -> int:
        """How many people have any training in the range."""
        return sum(bool(trainings) for trainings in self.by_person.values())

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics of any training of the range, by their words; an empty one, last, stands for
        training without a topic.
        """
        said = {topic for training in self.trainings for topic in training.topics or ("",)}
        return tuple(sorted(said, key=lambda topic: (topic == "", topic.casefold())))

    def minutes_by_topic(self, person: int) -> Counter[str]:
        """Return a person's minutes under each topic: training with two stands under both."""
        minutes: Counter[str] = Counter()
        for training in self.by_person[person]:
            for topic in training.topics or ("",):
                minutes[topic] += training.minutes
        return minutes

    def advocates(self) -> Iterator[tuple[Member, list[Coverage]]]:
        """Yield each advocate with the competencies in order, covered or not by the last day."""
        known: dict[int, list[Training]] = {}
        for training in (*self.earlier, *self.trainings):
            known.setdefault(training.person, []).append(training)
        for member in self.members:
            if member.is_advocate:
                yield (
                    member,
                    [_covered(slug, known.get(member.pk, ())) for slug in self.competencies],
                )

    @property
    def facts(self) -> dict[str, object]:
        """Return the sums and the gaps that stay when the files are gone: no name, no title."""
        return {
            "people": len(self.members),
            "trained": self.trained,
            "trainings": len(self.trainings),
            "minutes": self.minutes,
            "hours": contact_hours(self.minutes),
            "sessions": len(self.sheets),
            "sources": {source: total(self.trainings, source) for source in SOURCES},
            "gaps": self.gaps,
        }

    @property
    def gaps(self) -> dict[str, int]:
        """Return how many of each thing a reviewer would ask about; nothing where all is well."""
        made_on = self.made_at.date()
        overdue = self.protocol is not None and self.protocol.review_by < made_on
        counted = {
            "untrained": len(self.members) - self.trained,
            "unmet": len({demand.person for demand in self.demands if not demand.is_met}),
            "competencies": sum(
                any(each.training is None for each in covered) for _m, covered in self.advocates()
            ),
            "no_protocol": int(self.protocol is None),
            "protocol_overdue": int(overdue),
            "unsettled": sum(not sheet.is_settled for sheet in self.sheets),
            "waiting_papers": self.waiting_papers,
            "waiting_certificates": self.waiting_certificates,
            "unverified": len(self.unverified),
        }
        return {name: count for name, count in counted.items() if count}


def total(trainings: Iterable[Training], source: str = "") -> int:
    """Return the minutes of trainings, all or those of one source."""
    return sum(each.minutes for each in trainings if not source or each.source == source)


def _covered(competency: str, trainings: Sequence[Training]) -> Coverage:
    found = [each for each in trainings if competency in each.competencies]
    first = min(found, key=lambda each: (each.day, each.completion), default=None)
    return Coverage(competency, first, len(found))
