"""Measures 12 and 13: materials, and who uses them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.reports import cuts
from portal.reports.measures.base import TOTAL, Adding, Measure, Source, Window, day_of
from portal.reports.tables import Column, Table
from resources.models import PublishedVersion, ResourceUse


class Materials(Adding):
    number = 12
    key = "materials"
    name = _("Materials developed and revised")
    definition = _(
        "Resources published for the first time, and new versions of resources published. A "
        "correction without a new version number does not count."
    )
    tables = ("resources.PublishedVersion",)
    columns = (Column("developed", _("Developed")), Column("revised", _("Revised")))
    cuts = (cuts.KIND,)

    def sources(self) -> Sequence[Source]:
        amounts = {
            "developed": Count("pk", filter=Q(is_first=True)),
            "revised": Count("pk", filter=Q(is_first=False)),
        }
        return (Source(_published, "day", amounts, {"kind": F("kind")}),)


def _published(window: Window) -> QuerySet[Any]:
    rows = PublishedVersion.objects.filter(**window.within("published_at"))
    return rows.order_by().annotate(day=day_of("published_at"))


class ResourceUsers(Measure):
    number = 13
    key = "readers"
    name = _("Use of resources")
    definition = _(
        "Distinct people who opened a resource in the period, and openings, each person and "
        "resource once a day. The discipline is the one that the person has now."
    )
    tables = ("resources.ResourceUse",)
    columns = (
        Column("people", _("People"), adds=False),
        Column("uses", _("Openings"), adds=False),
    )
    cuts = (cuts.DISCIPLINE,)

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        rows = ResourceUse.objects.filter(day__range=(window.first, window.last)).order_by()
        value = Coalesce(F("person__discipline__slug"), Value("")) if cut else Value("")
        counted = rows.annotate(cut_value=value).values("cut_value")
        found = counted.annotate(people=Count("person", distinct=True), uses=Count("pk"))
        return self.table(cut, {row["cut_value"]: row for row in found})
