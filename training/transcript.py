"""A person's record: what was completed, the minutes it earned, the papers that prove it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.people.aliases import person_ids
from portal.people.models import User
from training.certificates import contact_hours
from training.models import Certificate, Completion

FISCAL_YEAR_BEGINS = 7  # July: Massachusetts FY 2027 is July 2026 to June 2027


@dataclass(frozen=True, slots=True)
class Line:
    """One completion. `day` is in America/New_York; the certificate may still be being made."""

    completion: Completion
    day: date
    certificate: Certificate | None

    @property
    def minutes(self) -> int:
        return self.completion.minutes

    @property
    def hours(self) -> str:
        return contact_hours(self.completion.minutes)

    @property
    def version(self) -> str:
        return f"{self.completion.release.number}.{self.completion.release.edition}"


@dataclass(frozen=True, slots=True)
class Total:
    """Minutes of one year; hours are derived, 60 minutes each."""

    label: str
    minutes: int
    count: int

    @property
    def hours(self) -> str:
        return contact_hours(self.minutes)


@dataclass(frozen=True, slots=True)
class Transcript:
    person: User
    lines: Sequence[Line]

    @property
    def total(self) -> Total:
        return Total("", sum(line.minutes for line in self.lines), len(self.lines))

    @property
    def fiscal_years(self) -> list[Total]:
        """Totals by Massachusetts fiscal year, the latest first."""
        return self._by(lambda day: f"FY {fiscal_year(day)}")

    @property
    def calendar_years(self) -> list[Total]:
        return self._by(lambda day: str(day.year))

    def _by(self, label: Any) -> list[Total]:
        minutes: Counter[str] = Counter()
        count: Counter[str] = Counter()
        for line in self.lines:
            minutes[label(line.day)] += line.minutes
            count[label(line.day)] += 1
        return [Total(name, minutes[name], count[name]) for name in sorted(minutes, reverse=True)]


def of(person: User) -> Transcript:
    """Read the record of a person, that of merged accounts included, the latest first."""
    rows = (
        Completion.objects.standing()
        .filter(person_id__in=person_ids(person))
        .select_related("release")
        .defer("release__outline")
        .prefetch_related("certificates__superseded_by")
        .order_by("-completed_at", "-pk")
    )
    return Transcript(person, [_line(row) for row in rows])


def fiscal_year(day: date) -> int:
    """Return the Massachusetts fiscal year of a day: named after the year in which it ends."""
    return day.year + (day.month >= FISCAL_YEAR_BEGINS)


def as_data(record: Transcript, today: date) -> dict[str, Any]:
    """Return what the paper says, as plain values."""
    years = [("fiscal", record.fiscal_years), ("calendar", record.calendar_years)]
    return {
        "name": record.person.name,
        "discipline": record.person.discipline.name if record.person.discipline else "",
        "provider": settings.PORTAL_PROVIDER,
        "made_on": today.isoformat(),
        "minutes": record.total.minutes,
        "hours": record.total.hours,
        "years": {
            kind: [[t.label, t.count, t.minutes, t.hours] for t in totals] for kind, totals in years
        },
        "lines": [
            {
                "day": line.day.isoformat(),
                "module": f"{line.completion.release.code}: {line.completion.release.title}",
                "version": line.version,
                "minutes": line.minutes,
                "hours": line.hours,
                "code": line.certificate.code if line.certificate else "",
            }
            for line in record.lines
        ],
    }


def _line(row: Completion) -> Line:
    papers = [c for c in row.certificates.all() if c.revoked_at is None and not c.is_superseded]
    return Line(row, timezone.localdate(row.completed_at), papers[0] if papers else None)
