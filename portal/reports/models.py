"""Counts kept so that reports answer at once, and reports that were submitted."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.people.policies import can_see_reports
from portal.reports.run_models import ReportRun, ReportSchedule, ReportText

__all__ = [
    "DayCount",
    "FrozenReport",
    "Generation",
    "PeriodTable",
    "ReleasedCut",
    "ReportRun",
    "ReportSchedule",
    "ReportText",
    "StaleDay",
]


class DayCount(models.Model):
    """How much of a measure fell on a day (America/New_York): whole, or under a value of a cut.

    Made from the facts (`portal.reports.counters`) and made anew whenever a fact of the day
    changes; never the only place where anything stands. Minutes or plain counts.
    """

    day = models.DateField()
    measure = models.CharField(max_length=20)
    column = models.CharField(max_length=20)
    cut = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=160, blank=True)
    funding = models.CharField(max_length=8, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "day", "cut", "column", "value", "funding"],
                name="day_count_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["day", "measure"])]

    def __str__(self) -> str:
        return f"{self.measure}.{self.column} {self.cut}={self.value} on {self.day}"


class StaleDay(models.Model):
    """Facts of a day changed since it was counted. Written in the transaction of the change."""

    measure = models.CharField(max_length=20)
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["measure", "day"])]

    def __str__(self) -> str:
        return f"{self.measure} on {self.day}"


class PeriodTable(models.Model):
    """What does not add up, of a closed period: a table as data (`Table.as_data`).

    Deleted when a fact that it rests on changes, and then made anew.
    """

    period = models.CharField(max_length=20)
    measure = models.CharField(max_length=20)
    cut = models.CharField(max_length=20, blank=True)
    funding = models.CharField(max_length=8, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    data = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "measure", "cut", "funding"], name="period_table_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} by {self.cut or 'nothing'} in {self.period}"


class Generation(models.Model):
    """How often a measure's kept tables were thrown away: none of an older look is kept."""

    measure = models.CharField(max_length=20, unique=True)
    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.measure} {self.number}"


class ReleasedCut(models.Model):
    """A cut of a small measure as it was decided on for release, once: never anew.

    `data` is a table (`Table.as_data`), or null where nothing of it may be released.
    """

    measure = models.CharField(max_length=20)
    cut = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    data = models.JSONField(null=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "cut", "period"], name="released_cut_once")
        ]

    def __str__(self) -> str:
        return f"{self.measure} by {self.cut} in {self.period}"


class FrozenReportQuerySet(models.QuerySet["FrozenReport"]):
    def visible_to(self, user: Any) -> Self:
        """Keep all for the manager, none for anybody else."""
        return self if can_see_reports(user) else self.none()


class FrozenReport(models.Model):
    """A report as it was submitted: what was released, and the exact figures of that moment.

    Both are canonical JSON (`portal.reports.freezing`); `sha256` is of the two together, in hex.
    """

    period = models.CharField(max_length=20)
    funding = models.CharField(max_length=8, blank=True)
    released = models.TextField()
    exact = models.TextField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    frozen_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)

    objects = FrozenReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-frozen_at", "-pk"]

    def __str__(self) -> str:
        return f"Frozen report {self.pk}, {self.period}"
