"""Coverage: every one of the fourteen counties has an active primary coordinator."""

from dataclasses import dataclass
from datetime import date

from portal.people.models import CenterCounty, CoordinatorAssignment, County


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counties with a primary coordinator, of all; and the names of those without."""

    covered: int
    total: int
    gaps: tuple[str, ...]


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
