"""What a report counts. Each figure is read for one period, [start, end), in Eastern days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from assistance.lifecycle import State
from assistance.models import Ticket
from portal.reports.periods import Period
from training import measures as training
from training.measures import Tally


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with the one of the period before. `unit` is empty for plain counts."""

    key: str
    label: str
    definition: str
    value: float
    before: float
    unit: str = ""

    @property
    def change(self) -> float:
        return self.value - self.before


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many of the requests received in a period are in a state now."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    period: Period
    figures: Sequence[Figure]
    by_discipline: Sequence[Tally]
    by_center: Sequence[Tally]
    by_state: Sequence[StateCount]


def read(period: Period) -> Report:
    """Read the whole report; the number of queries does not grow with the rows."""
    start, end = period.bounds()
    completions = training.completions_in(start, end)
    return Report(
        period,
        _figures(period),
        training.by_discipline(completions),
        training.by_center(completions),
        by_state(start, end),
    )


def by_state(start: datetime, end: datetime) -> list[StateCount]:
    """Count the requests received in a period by the state they are in now; every state stands."""
    received = Ticket.objects.submitted().filter(submitted_at__gte=start, submitted_at__lt=end)
    found = dict(received.values_list("state").annotate(Count("pk")).order_by())
    states = [s for s in State if s != State.DRAFT]
    return [StateCount(str(state.label), found.get(state, 0)) for state in states]


def _figures(period: Period) -> list[Figure]:
    now, before = _values(period), _values(period.before())
    return [
        Figure(key, str(label), str(definition), now[key], before[key], str(unit))
        for key, label, definition, unit in DEFINITIONS
    ]


def _values(period: Period) -> dict[str, float]:
    start, end = period.bounds()
    tally = training.total(training.completions_in(start, end))
    requests = Ticket.objects.submitted().aggregate(
        received=Count("pk", filter=Q(submitted_at__gte=start, submitted_at__lt=end)),
        resolved=Count("pk", filter=Q(closed_at__gte=start, closed_at__lt=end)),
        open=Count(
            "pk",
            filter=Q(submitted_at__lt=end) & (Q(closed_at__isnull=True) | Q(closed_at__gte=end)),
        ),
    )
    return {
        "completions": tally.completions,
        "persons": tally.persons,
        "hours": round(tally.minutes / 60, 1),
        **requests,
    }


DEFINITIONS = (
    (
        "completions",
        _("Modules completed"),
        _("Every completion in the period; one person may stand behind several."),
        "",
    ),
    (
        "persons",
        _("People trained"),
        _("Distinct people with at least one completion in the period."),
        "",
    ),
    (
        "hours",
        _("Training hours"),
        _("Published minutes of the modules completed, summed over people, in 60-minute hours."),
        _("h"),
    ),
    (
        "received",
        _("Requests received"),
        _("Requests for technical assistance submitted in the period."),
        "",
    ),
    (
        "resolved",
        _("Requests resolved"),
        _("Requests that were closed, declined, withdrawn or found duplicate in the period."),
        "",
    ),
    (
        "open",
        _("Requests open at the end"),
        _("Submitted before the period's end and not ended by then."),
        "",
    ),
)
