"""Coverage: every one of the fourteen counties has an active primary coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from portal.core import events, mail, nightly
from portal.core.models import Event
from portal.people import scope
from portal.people.models import Center, CenterCounty, CoordinatorAssignment, County


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counties with a primary coordinator, of all; and the names of those without."""

    covered: int
    total: int
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One county of the coverage page."""

    county: County
    centers: Sequence[Center]
    primary: Sequence[CoordinatorAssignment]
    backup: Sequence[CoordinatorAssignment]


def of_counties(on: date | None = None) -> Coverage:
    """Read the coverage of a day (default today, America/New_York)."""
    primary = CoordinatorAssignment.objects.active(on).filter(
        kind=CoordinatorAssignment.Kind.PRIMARY, user__is_active=True
    )
    served = CenterCounty.objects.active(on).filter(center__in=primary.values("center"))
    names = list(County.objects.values_list("name", flat=True))
    gaps = County.objects.exclude(pk__in=served.values("county")).values_list("name", flat=True)
    missing = tuple(gaps)
    return Coverage(len(names) - len(missing), len(names), missing)


def lines() -> list[Line]:
    """Return each county with its centers and who coordinates them today."""
    links = CenterCounty.objects.active().select_related("center")
    people = (
        CoordinatorAssignment.objects.active()
        .filter(user__is_active=True)
        .select_related("user", "center")
        .order_by("user__last_name", "pk")
    )
    serving: dict[int, list[Center]] = {}
    for served in links.order_by("center__name"):
        serving.setdefault(served.county_id, []).append(served.center)
    by_center: dict[int, list[CoordinatorAssignment]] = {}
    for row in people:
        by_center.setdefault(row.center_id, []).append(row)
    return [_line(county, serving.get(county.pk, []), by_center) for county in County.objects.all()]


def _line(
    county: County, centers: list[Center], by_center: dict[int, list[CoordinatorAssignment]]
) -> Line:
    rows = [row for center in centers for row in by_center.get(center.pk, [])]
    kinds = CoordinatorAssignment.Kind
    return Line(
        county,
        centers,
        [row for row in rows if row.kind == kinds.PRIMARY],
        [row for row in rows if row.kind == kinds.BACKUP],
    )


@nightly.job
def tell_of_gaps() -> None:
    """Tell the managers of each new set of gaps, once a day at most; a gap that stays is on
    their home page.
    """
    gaps = of_counties().gaps
    told = Event.objects.filter(kind="people.coverage_gap").order_by("-pk").first()
    before = tuple(told.data.get("counties", [])) if told else ()
    if gaps == before:
        return
    event = events.record("people.coverage_gap", actor=None, counties=list(gaps))
    if set(gaps) - set(before):
        for user in scope.managers():
            key = f"gap:{timezone.localdate()}:{event.pk}"
            mail.queue(
                user.pk, "coverage_gap", subject_key=key, context={"path": "/team/coverage/"}
            )
