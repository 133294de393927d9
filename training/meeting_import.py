"""Attendance from a meeting's report: who each connection is, shown first, written then.

The same file a second time changes nothing. What somebody corrected by hand is left as it is, and
so is, of a session held in a room as well, what was recorded in the room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from portal.core import events
from portal.people import agencies, aliases
from portal.people.models import User
from training import attendance, intervals, meeting_times
from training.intervals import Stretch
from training.meeting_times import Group, Line
from training.models import Attendance, LiveSession

SKIP = "skip"
NEW = "new"
Choices = Mapping[str, Sequence[str]]  # a group's key and what was chosen for it


@dataclass(slots=True)
class Match:
    """A group of connections and the people it is. `how`: email, name, together, chosen, skipped,
    new (put on the roster by the e-mail), unknown (still to be said).
    """

    group: Group
    people: list[User] = field(default_factory=list)
    how: str = "unknown"
    may_be_new: bool = False

    @property
    def chosen(self) -> list[str]:
        """What the form shows as chosen."""
        if self.how in {SKIP, NEW}:
            return [self.how]
        return [str(person.pk) for person in self.people]


@dataclass(slots=True)
class Outcome:
    """What the file says of one person. `does`: new, changes, nothing, by_hand, in_room."""

    person: User
    stretches: list[Stretch]
    minutes: int
    record: Attendance | None
    does: str
    is_enough: bool


@dataclass(slots=True)
class Report:
    lines: list[Line]
    matches: list[Match]
    outcomes: list[Outcome]

    @property
    def faults(self) -> list[Line]:
        return [line for line in self.lines if line.fault]

    @property
    def unknown(self) -> list[Match]:
        return [match for match in self.matches if match.how == "unknown"]

    @property
    def newcomers(self) -> list[Match]:
        return [match for match in self.matches if match.how == NEW]

    @property
    def changes(self) -> int:
        return sum(o.does in {"new", "changes"} for o in self.outcomes) + len(self.newcomers)


def listed(session: LiveSession) -> list[User]:
    """Return whom a connection can be: those registered, and those recorded already; by name."""
    registered = session.registrations.standing().values("person")
    recorded = session.attendances.current().values("person")
    people = User.objects.filter(pk__in=registered) | User.objects.filter(pk__in=recorded)
    return list(people.distinct().order_by("last_name", "first_name", "pk"))


def read(text: str, session: LiveSession, *, choices: Choices | None = None) -> Report:
    """Say of each connection who it is and of each person what would happen; nothing is written.

    `choices` are what was said of groups before. Unreadable.
    """
    lines = meeting_times.read(text)
    people = listed(session)
    matches = [
        _match(group, people, (choices or {}).get(group.key, ()))
        for group in meeting_times.groups(lines)
    ]
    return Report(lines, matches, _outcomes(session, matches))


@transaction.atomic
def write(text: str, session: LiveSession, *, choices: Choices, by: User) -> Report:
    """Do what `read` says; who is unknown still is left out. Return the report as done."""
    report = read(text, session, choices=choices)
    for match in report.newcomers:
        _take_in(match, session, by)
    for outcome in report.outcomes:
        if outcome.does == "new":
            attendance.add(
                session, outcome.person, outcome.stretches, source=Attendance.Source.IMPORT, by=by
            )
        elif outcome.does == "changes" and outcome.record is not None:
            attendance.correct(
                outcome.record,
                outcome.stretches,
                reason=Attendance.Reason.MEETING_TIMES,
                source=Attendance.Source.IMPORT,
                by=by,
            )
    events.record(
        "training.meeting_imported",
        actor=by,
        subject=session,
        center_id=session.center_id,
        lines=len(report.lines),
        changes=report.changes,
    )
    return report


def _match(group: Group, people: Sequence[User], chosen: Sequence[str]) -> Match:
    may_be_new = _is_work_email(group.email)
    if chosen:
        return _as_chosen(group, people, chosen, may_be_new=may_be_new)
    by_email = [person for person in people if group.email and person.email == group.email]
    if by_email:
        return Match(group, by_email, "email")
    by_name = _named(group.names, people)
    if by_name and not group.email:
        return Match(group, by_name[:1], "name")
    parts = [_named([name], people) for name in group.together]
    if parts and all(len(found) == 1 for found in parts):
        return Match(group, [found[0] for found in parts], "together")
    return Match(group, [], "unknown", may_be_new)


def _named(names: Sequence[str], people: Sequence[User]) -> list[User]:
    """Return the one person who bears one of the names; nobody where two do."""
    said = {meeting_times.plain(name) for name in names}
    found = [person for person in people if said & _names_of(person)]
    return found if len(found) == 1 else []


def _names_of(person: User) -> set[str]:
    full = f"{person.first_name} {person.last_name}"
    return {meeting_times.plain(person.name), meeting_times.plain(full)}


def _as_chosen(
    group: Group, people: Sequence[User], chosen: Sequence[str], *, may_be_new: bool
) -> Match:
    if NEW in chosen and may_be_new:
        return Match(group, [], NEW, may_be_new)
    picked = [person for person in people if str(person.pk) in chosen]
    if picked:
        return Match(group, picked, "chosen", may_be_new)
    return Match(group, [], SKIP if SKIP in chosen else "unknown", may_be_new)


def _is_work_email(email: str) -> bool:
    try:
        validate_email(email)
        agencies.validate_work_email(email)
    except ValidationError:
        return False
    return True


def _outcomes(session: LiveSession, matches: Sequence[Match]) -> list[Outcome]:
    stretches: dict[int, list[Stretch]] = {}
    people: dict[int, User] = {}
    for match in matches:
        for person in map(aliases.resolve, match.people):
            people[person.pk] = person
            stretches.setdefault(person.pk, []).extend(match.group.stretches)
    records = {
        aliases.resolve(row.person).pk: row
        for row in session.attendances.current().select_related("person", "supersedes")
    }
    return [
        _outcome(session, person, stretches[pk], records.get(pk))
        for pk, person in sorted(
            people.items(), key=lambda pair: (pair[1].last_name, pair[1].first_name)
        )
    ]


def _outcome(
    session: LiveSession, person: User, stretches: list[Stretch], record: Attendance | None
) -> Outcome:
    cut = intervals.union(intervals.within(stretches, session.starts_at, session.ends_at))
    minutes = intervals.minutes(cut)
    does = _does(session, cut, record)
    is_kept = record is not None and does in {"by_hand", "in_room"}
    counted = record.minutes if is_kept and record else minutes
    return Outcome(person, cut, minutes, record, does, counted >= session.needed_minutes)


def _does(session: LiveSession, cut: list[Stretch], record: Attendance | None) -> str:
    if record is None:
        return "new"
    if record.intervals == intervals.to_json(cut):
        return "nothing"
    if record.reason and record.source != Attendance.Source.IMPORT:
        return "by_hand"
    if session.mode == LiveSession.Mode.HYBRID and record.source != Attendance.Source.IMPORT:
        return "in_room"
    return "changes"


def _take_in(match: Match, session: LiveSession, by: User) -> None:
    """Put somebody unknown on the roster by the e-mail, with the times of the meeting."""
    first, _blank, last = match.group.name.partition(" ")
    attendance.walk_in(
        session,
        email=match.group.email,
        first_name=first[:80],
        last_name=last[:80] or first[:80],
        discipline=None,
        center=session.center,
        stretches=match.group.stretches,
        by=by,
    )
