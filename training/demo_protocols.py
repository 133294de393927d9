"""Protocols of the demo: Essex has two versions and a review in forty days, the Cape none."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.people.models import Center, User
from training import protocols
from training.models import ProtocolVersion

CHANGES = (
    "The team answers a referral within one working day.\n"
    "Who calls whom is on one page, by discipline.\n"
    "A survivor mentor is offered at the first meeting."
)
AGENCIES = (
    "District attorney's office",
    "DCF area office",
    "State Police unit",
    "Children's advocacy center",
)
REVIEW_IN = 40  # days
# Centers with one version in order, and the days until its review.
IN_ORDER = {"berkshire": 300, "bristol": 210, "hampden": 150, "middlesex": 420, "suffolk": 95}
PASSED = {"norfolk": -25}


def load_protocols(people: dict[str, User], now: datetime) -> None:
    """Record what is missing; a center that has a version is left alone."""
    today = timezone.localdate(now)
    for slug, days in {**IN_ORDER, **PASSED}.items():
        by = people[f"c.{slug}"]
        _record(slug, "1.0", today - timedelta(days=330), today + timedelta(days=days), by)
    if ProtocolVersion.objects.filter(center__slug="essex").exists():
        return
    by = people["essex"]
    first = _record("essex", "1.0", today - timedelta(days=1050), today - timedelta(days=320), by)
    second = _record(
        "essex", "2.0", today - timedelta(days=325), today + timedelta(days=REVIEW_IN), by, CHANGES
    )
    for number, agency in enumerate(AGENCIES):
        for row in (first, second)[: 2 if number < 3 else 1]:
            day = row.adopted_on + timedelta(days=4 * number)
            protocols.sign(row, agency=agency, signed_on=day, by=by, at=_noon(day))


def _record(
    slug: str, version: str, adopted: date, review: date, by: User, changes: str = ""
) -> ProtocolVersion:
    return protocols.record(
        Center.objects.get(slug=slug),
        version=version,
        adopted_on=adopted,
        review_by=review,
        changes=changes,
        by=by,
        at=_noon(adopted),
    )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
