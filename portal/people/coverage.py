"""Coverage: every one of the fourteen counties has an active primary coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.core import events, mail, mail_registry, nightly
from portal.core.models import Event
from portal.people import scope
from portal.people.models import Center, CenterCounty, CoordinatorAssignment, County, User
from portal.people.models.dated import end_dated

mail_registry.put("queue", "coverage_gap")


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
    links = CenterCounty.objects.active(on).filter(center__in=primary.values("center"))
    is_served = Exists(links.filter(county=OuterRef("pk")))
    rows = list(County.objects.annotate(is_served=is_served).values_list("name", "is_served"))
    missing = tuple(name for name, served in rows if not served)
    return Coverage(len(rows) - len(missing), len(rows), missing)


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


@transaction.atomic
def serve(county: County, center: Center, *, by: User) -> bool:
    """Let a center serve a county from today; say whether that was new."""
    County.objects.select_for_update().get(pk=county.pk)
    if CenterCounty.objects.current_and_coming().filter(county=county, center=center).exists():
        return False
    CenterCounty.objects.create(county=county, center=center)
    events.record("people.county_served", actor=by, subject=county, center_id=center.pk)
    tell_of_gaps()
    return True


@transaction.atomic
def end_serving(county: County, center: Center, *, by: User) -> bool:
    """Let a center serve a county no longer, yesterday being the last day; say whether it did."""
    ended = end_dated(CenterCounty.objects.active().filter(county=county, center=center))
    if ended:
        events.record("people.county_left", actor=by, subject=county, center_id=center.pk)
        tell_of_gaps()
    return bool(ended)


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
