"""A person's record: what was completed, the minutes it earned, the papers that prove it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.prepared import prepared
from portal.people.aliases import person_ids
from portal.people.models import User
from training import credit
from training.certificates import contact_hours
from training.credit import Entry
from training.models import Certificate, Completion, EvaluationDone

FISCAL_YEAR_BEGINS = 7  # July: Massachusetts FY 2027 is July 2026 to June 2027


@dataclass(frozen=True, slots=True)
class Line:
    """One completion. `day` is in America/New_York; the certificate may still be being made.

    `is_repeat`: another account of the person completed the module in the same cycle before, so
    it is counted there, once. `credit` is read where a page shows it.
    """

    completion: Completion
    day: date
    certificate: Certificate | None
    is_repeat: bool = False
    credit: Sequence[Entry] = ()

    @property
    def awarded(self) -> list[Entry]:
        return [entry for entry in self.credit if entry.state == "awarded"]

    @property
    def waiting(self) -> list[Entry]:
        """Credit that waits for the evaluation of the module."""
        return [entry for entry in self.credit if entry.state == "evaluation"]

    @property
    def is_evaluated(self) -> bool:
        return bool(self.completion.is_evaluated)  # type: ignore[attr-defined]

    @property
    def minutes(self) -> int:
        return self.completion.minutes

    @property
    def hours(self) -> str:
        return contact_hours(self.completion.minutes)

    @property
    def version(self) -> str:
        release = self.completion.release
        return f"{release.number}.{release.edition}" if release else ""

    @property
    def evaluation_url(self) -> str:
        """Where it can be evaluated; nowhere for training elsewhere."""
        row = self.completion
        if row.module is not None:
            return reverse("module_evaluation", args=[row.module.slug])
        if row.attendance is not None:
            return reverse("session_evaluation", args=[row.attendance.session_id])
        return ""

    @property
    def provider(self) -> str:
        """Who gave it, where somebody else did."""
        return self.completion.outside.provider if self.completion.outside else ""

    @property
    def name(self) -> str:
        """The module with its code, or the title of other training."""
        row = self.completion
        return f"{row.code}: {row.title}" if row.code else row.title


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
        return Total("", sum(line.minutes for line in self.counted), len(self.counted))

    @property
    def counted(self) -> list[Line]:
        return [line for line in self.lines if not line.is_repeat]

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
        for line in self.counted:
            minutes[label(line.day)] += line.minutes
            count[label(line.day)] += 1
        return [Total(name, minutes[name], count[name]) for name in sorted(minutes, reverse=True)]


def of(person: User, *, with_credit: bool = False) -> Transcript:
    """Read the record of a person, that of merged accounts included, the latest first."""
    entries: dict[int, list[Entry]] = {}
    for entry in credit.of(person) if with_credit else ():
        entries.setdefault(entry.completion.pk, []).append(entry)
    lines: list[Line] = []
    cycles: set[tuple[tuple[str, int], int | None]] = set()
    for row in _completed(person_ids(person)):
        cycle = (row.activity, row.cycle)  # type: ignore[attr-defined]
        lines.append(_line(row, cycle in cycles, entries.get(row.pk, ())))
        cycles.add(cycle)
    return Transcript(person, lines[::-1])


@prepared
def _completed(mine: list[int]) -> QuerySet[Completion]:
    done = EvaluationDone.objects.filter(
        Q(enrolment=OuterRef("enrolment"))
        | Q(session=OuterRef("attendance__session"), person__in=mine)
    )
    papers = Certificate.objects.select_related("superseded_by")
    return (
        Completion.objects.standing()
        .filter(person_id__in=mine)
        .with_title()
        .annotate(is_evaluated=Exists(done), cycle=F("enrolment__cycle"))
        .prefetch_related(Prefetch("certificates", papers))
        .order_by("completed_at", "pk")
    )


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
        "count": record.total.count,
        "minutes": record.total.minutes,
        "hours": record.total.hours,
        "years": {
            kind: [[t.label, t.count, t.minutes, t.hours] for t in totals] for kind, totals in years
        },
        "lines": [
            {
                "day": line.day.isoformat(),
                "module": line.name,
                "provider": line.provider,
                "version": line.version,
                "minutes": line.minutes,
                "hours": line.hours,
                "code": line.certificate.code if line.certificate else "",
                "is_repeat": line.is_repeat,
                "credit": [said_of(entry) for entry in line.awarded],
            }
            for line in record.lines
        ],
    }


def said_of(entry: Entry) -> str:
    """Return a credit in one line: minutes, the requirement, the authority, its approval."""
    award = entry.award
    assert award is not None  # noqa: S101  only what was awarded is said
    said = _("%(minutes)s min for %(rule)s (%(standard)s)") % {
        "minutes": award.minutes,
        "rule": entry.rule.name,
        "standard": award.standard,
    }
    if award.approval_number:
        said += _(", approval %(number)s") % {"number": award.approval_number}
    return said


def _line(row: Completion, is_repeat: bool, entries: Sequence[Entry]) -> Line:
    papers = [c for c in row.certificates.all() if c.revoked_at is None and not c.is_superseded]
    day = timezone.localdate(row.completed_at)
    return Line(row, day, papers[0] if papers else None, is_repeat, entries)
