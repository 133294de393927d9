"""Reports that the worker makes from a template or of a range, their texts, and mails of a link."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.making import Made
from portal.people.policies import can_see_reports


class ReportText(models.Model):
    """A text block of a template as somebody wrote it; the latest counts, an empty one gives the
    block's own words back. Earlier ones stay, so that it is known who changed what.
    """

    layout = models.CharField(max_length=20)
    block = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["layout", "block"])]

    def __str__(self) -> str:
        return f"{self.block} of {self.layout}"


class RunQuerySet(models.QuerySet["ReportRun"]):
    def visible_to(self, user: Any) -> Self:
        """Keep all for who may see reports."""
        return self if can_see_reports(user) else self.none()


class ReportRun(Made):
    """One report: a template filled for a period, or every measure of a range of days.

    Days are those of America/New_York, both included. What it says (`content`) goes with its files.
    """

    SHELF = "reports"

    key = models.UUIDField(help_text="Made by the form: a second post is harmless")
    layout = models.CharField(max_length=20)
    period = models.CharField(max_length=20, blank=True, help_text="Empty for a range of days")
    first_day = models.DateField()
    last_day = models.DateField()
    county = models.ForeignKey("people.County", models.PROTECT, null=True, related_name="+")
    center = models.ForeignKey("people.Center", models.PROTECT, null=True, related_name="+")
    funding = models.CharField(max_length=8, blank=True)
    content = models.JSONField(default=dict)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asked_by", "key"], name="report_run_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="report_run_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"

    @property
    def place(self) -> str:
        """Return the name of the county or the center it is about; empty for the whole state."""
        row = self.county or self.center
        return row.name if row else ""


class ReportSchedule(models.Model):
    """A person wants the link to a template mailed when a period begins.

    `told` is the period that was running when the last mail went, or when it was asked for.
    """

    class Every(models.TextChoices):
        QUARTER = "quarter", _("When a quarter begins")
        YEAR = "year", _("When a year begins")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    layout = models.CharField(max_length=20)
    every = models.CharField(max_length=8, choices=Every)
    told = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "layout"], name="report_schedule_once"),
            models.CheckConstraint(
                condition=Q(every__in=["quarter", "year"]), name="report_schedule_every_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layout} every {self.every}"
