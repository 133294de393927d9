"""What reports count of the statewide work: forums (measure 14) and initiatives (measure 15)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from resources.models import Forum, Initiative


@dataclass(frozen=True, slots=True)
class Line:
    """One cut: how many forums, and how many people listened where somebody counted."""

    label: str
    forums: int
    people: int


@dataclass(frozen=True, slots=True)
class ForumTotals:
    """`uncounted` forums have no head-count, and add nobody to `people`."""

    forums: int
    people: int
    uncounted: int
    by_level: Sequence[Line]
    by_kind: Sequence[Line]
    by_funding: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Progress:
    """An initiative on a day: its milestones, those done by then, those due by then, not done."""

    initiative: Initiative
    milestones: int
    done: int
    late: int


def forums_in(first: date, last: date, *, funding: str = "") -> ForumTotals:
    """Count the forums of the days from `first` to `last`, both included; each has one funding."""
    rows = Forum.objects.filter(happened_on__gte=first, happened_on__lte=last).order_by()
    if funding:
        rows = rows.filter(funding=funding)
    cells = rows.values("level", "kind", "funding").annotate(
        n=Count("pk"), counted=Count("audience"), people=Sum("audience")
    )
    found = list(cells)
    return ForumTotals(
        sum(cell["n"] for cell in found),
        sum(cell["people"] or 0 for cell in found),
        sum(cell["n"] - cell["counted"] for cell in found),
        _lines(found, "level"),
        _lines(found, "kind"),
        _lines(found, "funding"),
    )


def _lines(cells: Sequence[Any], name: str) -> list[Line]:
    """Return a line for every choice, those that nothing fell on included."""
    forums: Counter[object] = Counter()
    people: Counter[object] = Counter()
    for cell in cells:
        forums[cell[name]] += cell["n"]
        people[cell[name]] += cell["people"] or 0
    choices: Any = Forum._meta.get_field(name)
    return [Line(str(label), forums[v], people[v]) for v, label in choices.flatchoices]


def initiatives_on(day: date) -> list[Progress]:
    """Return every initiative with its status against its milestones on a day."""
    found = []
    for initiative in Initiative.objects.prefetch_related("milestones"):
        steps = list(initiative.milestones.all())
        done = sum(step.was_done_by(day) for step in steps)
        late = sum(step.due_on < day and not step.was_done_by(day) for step in steps)
        found.append(Progress(initiative, len(steps), done, late))
    return found
