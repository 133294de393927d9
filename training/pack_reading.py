"""Reading the facts of an accreditation pack: a dozen queries, however large the roster is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.redaction import showing
from portal.people import aliases
from portal.people.models import Center, CoordinatorAssignment, Membership, User
from training import needs, topics
from training.models import (
    AccreditationPack,
    Attendance,
    Certificate,
    Completion,
    CreditAward,
    OutsideTraining,
    ProtocolVersion,
)
from training.needs import Need
from training.pack_content import (
    ADVOCATES,
    Content,
    Demand,
    Member,
    Presence,
    Protocol,
    Sheet,
    Signature,
    Training,
)
from training.requirements import Progress


@dataclass(frozen=True, slots=True)
class _Roster:
    """The people, and every account that counts for one of them."""

    members: tuple[Member, ...]
    users: tuple[User, ...]
    accounts: Mapping[int, int]


def read(pack: AccreditationPack) -> Content:
    """Return what the pack says now; it is consistent in itself, whatever happens meanwhile."""
    now = timezone.localtime()
    roster = _roster(pack.center, pack.since, pack.until, now.date())
    papers = _papers(roster, pack.until)
    every = _trainings(roster, pack.until, papers)
    standings = needs.of_many(roster.users, on=pack.until)
    return Content(
        center=pack.center.name,
        counties=tuple(
            pack.center.county_links.active()
            .order_by("county__name")
            .values_list("county__name", flat=True)
        ),
        coordinators=tuple(_coordinators(pack.center)),
        provider=settings.PORTAL_PROVIDER,
        since=pack.since,
        until=pack.until,
        made_at=now,
        made_by=pack.asked_by.name,
        protocol=_protocol(pack.center),
        members=roster.members,
        trainings=tuple(each for each in every if each.day >= pack.since),
        earlier=tuple(each for each in every if each.day < pack.since),
        demands=tuple(_demands(roster, standings)),
        sheets=tuple(_sheets(roster, pack.since, pack.until)),
        unverified=_unverified(standings.values()),
        waiting_papers=_waiting(roster, pack).count(),
        waiting_certificates=sum(
            papers.get(each.completion) == "" for each in every if each.day >= pack.since
        ),
        competencies=topics.competencies(),
    )


def begin(day: date) -> datetime:
    """Return the first instant of a day in America/New_York."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _roster(center: Center, since: date, until: date, today: date) -> _Roster:
    """Read who was on the roster on any day of the range; a merged account is its person."""
    rows = Membership.objects.filter(center=center, starts_on__lte=until)
    spells = [
        (row.user_id, row.starts_on, row.ends_on)
        for row in rows.order_by("starts_on")
        if row.ends_on is None or row.ends_on >= since
    ]
    people = aliases.counted({user for user, _first, _last in spells})
    found: dict[int, list[tuple[date, date | None]]] = {}
    for user, first, last in spells:
        found.setdefault(people[user], []).append((first, last))
    users = User.objects.filter(pk__in=found).select_related("discipline")
    users = users.order_by("last_name", "first_name", "pk")
    members = tuple(_member(user, found[user.pk], today) for user in users)
    return _Roster(members, tuple(users), aliases.accounts(list(found)))


def _member(user: User, spells: list[tuple[date, date | None]], today: date) -> Member:
    lasts = [last for _first, last in spells]
    until = None if None in lasts else max(last for last in lasts if last is not None)
    return Member(
        pk=user.pk,
        name=user.name,
        discipline=user.discipline.name if user.discipline else "",
        is_advocate=bool(user.discipline and user.discipline.slug in ADVOCATES),
        title=user.title,
        agency=user.agency,
        since=min(first for first, _last in spells),
        until=until,
        has_left=until is not None and until < today,
    )


def _trainings(roster: _Roster, until: date, papers: Mapping[int, str]) -> Iterable[Training]:
    """Read what counts until a day, the earliest first, whichever account it was recorded for.

    The same module in one cycle, or the same session, recorded for two accounts of a person
    counts once, as on the person's own record.
    """
    rows = list(
        Completion.objects.standing()
        .filter(person__in=roster.accounts, completed_at__lt=begin(until + timedelta(days=1)))
        .with_title()
        .with_topics()
        .annotate(cycle=F("enrolment__cycle"), file=F("outside__file"))
        .order_by("completed_at", "pk")
    )
    showing.prepare([row.attendance.session for row in rows if row.attendance])
    showing.prepare([row.outside for row in rows if row.outside])
    covered, words, seen = _covered(roster), _competency_words(), set()
    found = []
    for row in rows:
        person = roster.accounts[row.person_id]
        once = (person, row.activity, row.cycle)  # type: ignore[attr-defined]
        if once in seen:
            continue
        seen.add(once)
        said: list[str] = list(row.topics or [])  # type: ignore[attr-defined]
        by_topic = {words[said_as] for each in said if (said_as := each.casefold()) in words}
        found.append(
            Training(
                completion=row.pk,
                person=person,
                day=timezone.localdate(row.completed_at),
                title=_title(row),
                source=row.source,
                minutes=row.minutes,
                topics=tuple(dict.fromkeys(topics.label(each) for each in said)),
                competencies=frozenset(by_topic | covered.get(row.pk, set())),
                paper=papers.get(row.pk, ""),
                has_file=bool(row.file),  # type: ignore[attr-defined]
            )
        )
    return found


def _title(row: Completion) -> str:
    if row.attendance is not None:
        return showing.words(row.attendance.session, "title")
    if row.outside is not None:
        return showing.words(row.outside, "title")
    return f"{row.code}: {row.title}"


def _papers(roster: _Roster, until: date) -> dict[int, str]:
    """Return the code of the certificate of each completion; empty while it is being made."""
    rows = Certificate.objects.standing().filter(completion__person__in=roster.accounts)
    made = rows.values_list("completion_id", "code", "pdf_sha256")
    return {completion: code if digest else "" for completion, code, digest in made}


def _covered(roster: _Roster) -> dict[int, set[str]]:
    """Return the competencies that credit of each completion was awarded for."""
    known = topics.competencies()
    rows = CreditAward.objects.standing().filter(
        category=topics.COMPETENCY, completion__person__in=roster.accounts
    )
    found: dict[int, set[str]] = {}
    for completion, said in rows.values_list("completion_id", "topics"):
        found.setdefault(completion, set()).update(each for each in said if each in known)
    return found


def _competency_words() -> dict[str, str]:
    """Return each competency by its slug and by its words: modules say theirs in words."""
    known = topics.competencies()
    return {said.casefold(): slug for slug, label in known.items() for said in (slug, label)}


def _coordinators(center: Center) -> Iterable[str]:
    active = CoordinatorAssignment.objects.active().filter(center=center)
    for row in active.select_related("user").order_by("-kind", "user__last_name"):
        yield f"{row.user.name} ({row.role_label}, {row.get_kind_display()})"


def _protocol(center: Center) -> Protocol | None:
    newest = ProtocolVersion.objects.filter(center=center).newest_first().first()
    if newest is None:
        return None
    signed = newest.sign_offs.filter(removed_at=None).values_list("agency", "signed_on")
    return Protocol(
        newest.version,
        newest.adopted_on,
        newest.review_by,
        tuple(Signature(agency, day) for agency, day in signed),
    )


def _demands(roster: _Roster, standings: Mapping[int, list[Need]]) -> Iterable[Demand]:
    for member in roster.members:
        for need in standings[member.pk]:
            part = need.standing.minutes
            yield Demand(
                person=member.pk,
                rule=need.rule.name,
                standard=", ".join(filter(None, [need.rule.standard, need.rule.edition])),
                is_verified=need.rule.is_verified,
                is_met=need.standing.is_met,
                have=part.have if part else None,
                needed=part.needed if part else None,
                missing=tuple(_missing(part) for part in need.standing.progress if not part.is_met),
            )


def _missing(part: Progress) -> str:
    said = {"what": part.clause.label, "n": part.lacking}
    if part.clause.kind == "minutes":
        return _("%(what)s: %(n)s min") % said
    if part.missing:
        return f"{part.clause.label}: {', '.join(topics.label(each) for each in part.missing)}"
    return _("%(what)s: %(n)s more") % said


def _unverified(standings: Iterable[list[Need]]) -> tuple[str, ...]:
    rules = {need.rule.name for found in standings for need in found if not need.rule.is_verified}
    return tuple(sorted(rules))


def _waiting(roster: _Roster, pack: AccreditationPack) -> QuerySet[OutsideTraining]:
    """Keep the papers of the roster's people that nobody has reviewed yet."""
    rows = OutsideTraining.objects.waiting().filter(person__in=roster.accounts)
    return rows.filter(completed_on__gte=pack.since, completed_on__lte=pack.until)


def _sheets(roster: _Roster, since: date, until: date) -> Iterable[Sheet]:
    """Read who of the roster was at which session, the earliest session first."""
    rows = (
        Attendance.objects.current()
        .filter(
            person__in=roster.accounts,
            session__starts_at__gte=begin(since),
            session__starts_at__lt=begin(until + timedelta(days=1)),
            session__cancelled_at=None,
        )
        .exclude(minutes=0)
        .select_related("session__trainer")
        .order_by("session__starts_at", "session_id", "pk")
    )
    by_session: dict[int, list[Attendance]] = {}
    for row in rows:
        by_session.setdefault(row.session_id, []).append(row)
    showing.prepare([found[0].session for found in by_session.values()])
    order = {member.pk: place for place, member in enumerate(roster.members)}
    for found in by_session.values():
        yield _sheet(found, roster.accounts, order)


def _sheet(found: list[Attendance], accounts: Mapping[int, int], order: dict[int, int]) -> Sheet:
    session: Any = found[0].session
    longest: dict[int, Attendance] = {}
    for row in sorted(found, key=lambda row: row.minutes):
        longest[accounts[row.person_id]] = row
    return Sheet(
        session=session.pk,
        title=showing.words(session, "title"),
        starts_at=timezone.localtime(session.starts_at),
        minutes=session.minutes,
        needed=session.needed_minutes,
        mode=str(session.get_mode_display()),
        trainer=session.trainer.name,
        is_settled=session.is_settled,
        people=tuple(
            Presence(
                person,
                longest[person].minutes,
                str(longest[person].get_source_display()),
                longest[person].minutes >= session.needed_minutes,
            )
            for person in sorted(longest, key=order.__getitem__)
        ),
    )
