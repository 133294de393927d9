"""Measures 14 to 16: forums and advocacy, initiatives, and the coverage of the counties."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from portal.people import coverage
from portal.reports import cuts
from portal.reports.measures.base import TOTAL, Adding, Measure, Source, Window
from portal.reports.tables import Column, Table
from resources import measures as statewide
from resources.models import Forum


class Forums(Adding):
    number = 14
    key = "forums"
    name = _("Forums and advocacy")
    definition = _(
        "Presentations, testimony, briefings and task forces in the log, on the day they were. "
        "People are those whom somebody counted; where nobody did, nobody is added."
    )
    tables = ("resources.Forum",)
    columns = (Column("forums", _("Forums")), Column("people", _("People there")))
    cuts = (cuts.LEVEL,)
    has_funding = True

    def sources(self) -> Sequence[Source]:
        amounts = {"forums": Count("pk"), "people": Sum("audience")}
        return (Source(_forums, "day", amounts, {"level": F("level")}, "funding"),)


def _forums(window: Window) -> QuerySet[Any]:
    rows = Forum.objects.filter(happened_on__range=(window.first, window.last))
    return rows.order_by().annotate(day=F("happened_on"))


class Initiatives(Measure):
    number = 15
    key = "initiatives"
    name = _("Initiatives")
    definition = _("Milestones of each initiative on the period's last day: all, done, overdue.")
    tables = ("resources.Initiative", "resources.Milestone")
    columns = (
        Column("milestones", _("Milestones"), adds=False),
        Column("done", _("Done"), adds=False),
        Column("late", _("Overdue"), adds=False),
    )
    cuts = (cuts.INITIATIVE,)
    is_snapshot = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        found: dict[str, dict[str, int]] = {}
        for progress in statewide.initiatives_on(window.last):
            key = progress.initiative.slug if cut else TOTAL
            row = found.setdefault(key, {"milestones": 0, "done": 0, "late": 0})
            row["milestones"] += progress.milestones
            row["done"] += progress.done
            row["late"] += progress.late
        return self.table(cut, found)


class CountyCoverage(Measure):
    number = 16
    key = "coverage"
    name = _("Counties with a coordinator")
    definition = _(
        "Of the fourteen counties, those with an active primary coordinator on the period's last "
        "day."
    )
    tables = ("people.CoordinatorAssignment", "people.CenterCounty")
    columns = (
        Column("covered", _("Covered"), adds=False),
        Column("counties", _("Counties"), adds=False),
    )
    is_snapshot = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        found = coverage.of_counties(window.last)
        return self.table(cut, {TOTAL: {"covered": found.covered, "counties": found.total}})
