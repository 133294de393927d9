"""A center at a glance: who coordinates it, where it serves, how its roster stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.people import scope
from portal.people.models import (
    Center,
    CenterCounty,
    CoordinatorAssignment,
    County,
    TownOverride,
    User,
)
from training import needs, protocols, team
from training.models import (
    LiveSession,
    OutreachTalk,
    ProtocolSignOff,
    ProtocolVersion,
    RequirementRule,
)
from training.models.outreach import TalkQuerySet
from training.needs import Need

LAPSING = timedelta(days=90)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A center of the list."""

    center: Center
    coordinators: Sequence[CoordinatorAssignment]
    protocol: protocols.Standing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a center serves today; towns of another county, and own ones served by another."""

    counties: Sequence[County]
    towns: Sequence[TownOverride]
    towns_elsewhere: Sequence[TownOverride]


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement over a roster: how many fall under it, meet it, and meet it but lapse soon."""

    rule: RequirementRule
    people: int
    met: int
    lapsing: int

    @property
    def percent(self) -> int:
        """Whole percent, cut: hundred is said of everybody alone."""
        return self.met * 100 // self.people


@dataclass(frozen=True, slots=True)
class Version:
    protocol: ProtocolVersion
    changes: Sequence[str]
    sign_offs: Sequence[ProtocolSignOff]


def lines(user: User) -> list[Line]:
    """Return the centers that somebody answers for, in a fixed number of queries."""
    centers = list(scope.centers(user))
    serving = _serving(centers)
    found = protocols.of_centers(centers)
    return [Line(each, serving.get(each.pk, []), found[each.pk]) for each in centers]


def coordinators(center: Center) -> list[CoordinatorAssignment]:
    """Return who coordinates a center today, primary first."""
    return _serving([center]).get(center.pk, [])


def place(center: Center) -> Place:
    links = CenterCounty.objects.active().filter(center=center).select_related("county")
    counties = [link.county for link in links.order_by("county__name")]
    rows = TownOverride.objects.active().select_related("county", "center").order_by("town")
    towns = list(rows.filter(Q(center=center) | Q(county__in=counties)))
    return Place(
        counties,
        [row for row in towns if row.center_id == center.pk],
        [row for row in towns if row.center_id != center.pk],
    )


def lapses_before() -> date:
    """Return the day before which the page warns of a lapse."""
    return timezone.localdate() + LAPSING


def roster(user: User, center: Center) -> list[User]:
    return list(team.roster(user, center=center))


def coverage(people: Sequence[User]) -> list[Met]:
    """Say of each requirement how many of a roster meet it, in a fixed number of queries."""
    before = lapses_before()
    by_rule: dict[int, list[Need]] = {}
    for found in needs.of_many(people).values():
        for need in found:
            by_rule.setdefault(need.rule.pk, []).append(need)
    counted = [_met(found, before) for found in by_rule.values()]
    return sorted(counted, key=lambda met: met.rule.name)


def versions(center: Center) -> list[Version]:
    """Return the protocol's versions, the newest first, each with who signed it."""
    rows = list(ProtocolVersion.objects.filter(center=center).newest_first())
    signed: dict[int, list[ProtocolSignOff]] = {}
    for row in ProtocolSignOff.objects.filter(protocol__in=rows, removed_at=None):
        signed.setdefault(row.protocol_id, []).append(row)
    return [
        Version(row, [s for each in row.changes.splitlines() if (s := each.strip())],
                signed.get(row.pk, []))
        for row in rows
    ]  # fmt: skip


def sessions(center: Center) -> QuerySet[LiveSession]:
    """Return what comes next for the center's team, statewide sessions too."""
    rows = LiveSession.objects.upcoming().standing()
    return rows.filter(Q(center=center) | Q(center=None))[:SHOWN]


def talks(center: Center) -> TalkQuerySet:
    return OutreachTalk.objects.filter(center=center).standing().with_heads()[:SHOWN]


def _serving(centers: Sequence[Center]) -> dict[int, list[CoordinatorAssignment]]:
    rows = CoordinatorAssignment.objects.active().filter(center__in=centers, user__is_active=True)
    found: dict[int, list[CoordinatorAssignment]] = {}
    # "primary" stands before "backup" this way round
    for row in rows.select_related("user").order_by("-kind", "starts_on", "pk"):
        found.setdefault(row.center_id, []).append(row)
    return found


def _met(found: Sequence[Need], before: date) -> Met:
    met = [need for need in found if need.standing.is_met]
    return Met(found[0].rule, len(found), len(met), sum(need.falls_short(before) for need in met))
