"""Reports asked for, made by the worker (`core.making`), kept for thirty days."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from portal.core import events, making, outbox
from portal.core.models import Effect
from portal.people.models import Center, County, User
from portal.people.policies import can_see_reports
from portal.reports import filling, ranges, run_files
from portal.reports.layouts import RANGE
from portal.reports.models import ReportRun
from portal.reports.periods import Period

KIND = "reports.run"
STEPS = 5  # reading, three files, keeping


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: a template and a period, or a range of days (both included)."""

    layout: str
    first_day: date
    last_day: date
    period: str = ""
    funding: str = ""
    county: County | None = None
    center: Center | None = None

    @classmethod
    def of_period(cls, layout: str, period: Period, **more: Any) -> "Wish":
        return cls(layout, period.first_day, period.last_day, period.slug, **more)

    @classmethod
    def of_range(cls, first_day: date, last_day: date, funding: str = "") -> "Wish":
        return cls(RANGE, first_day, last_day, funding=funding)


@transaction.atomic
def ask(wish: Wish, *, key: uuid.UUID, by: User) -> ReportRun:
    """Ask for a report; the same post of a form gives the same one. PermissionDenied by policy."""
    if not can_see_reports(by):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once make one report
    if there := ReportRun.objects.filter(asked_by=by, key=key).first():
        return there
    run = ReportRun.objects.create(
        key=key,
        layout=wish.layout,
        period=wish.period,
        first_day=wish.first_day,
        last_day=wish.last_day,
        funding=wish.funding,
        county=wish.county,
        center=wish.center,
        asked_by=by,
    )
    events.record("reports.run_asked", actor=by, subject=run, layout=run.layout)
    making.queue(KIND, run)
    return run


@transaction.atomic
def try_again(run: ReportRun, *, by: User) -> None:
    """Have a report made that could not be; harmless for any other. PermissionDenied by policy."""
    if not can_see_reports(by):
        raise PermissionDenied
    row = ReportRun.objects.select_for_update().get(pk=run.pk)
    if making.again(KIND, row):
        events.record("reports.run_asked", actor=by, subject=row, layout=row.layout)


@outbox.handler(KIND)
def make(effect: Effect) -> None:
    run = ReportRun.objects.select_related("county", "center").get(pk=effect.subject)
    making.attempt(Reporting(run, effect))


class Reporting(making.Attempt):
    """One try at making a report."""

    endings = run_files.ENDINGS
    row: ReportRun

    def make(self) -> None:
        self.total = STEPS
        content = self._read()
        self.next_step("tables")
        made = {"csv": run_files.csv_of(content), "xlsx": run_files.workbook_of(content)}
        self.next_step("paper")
        today = timezone.localdate().isoformat()
        made["pdf"], standard = run_files.paper_of(content, today, settings.PORTAL_NAME)
        self.next_step("keeping")
        files = {ending: self.keep(ending, ContentFile(made[ending])) for ending in self.endings}
        files["pdf"]["standard"] = standard
        self.finish(files, content=content)

    def _read(self) -> filling.Data:
        if self.row.layout != RANGE:
            return filling.fill(self.row)
        content: filling.Data = {}
        self.total += len(ranges.measures(self.row.funding))
        for _key in ranges.read(self.row, content):
            self.next_step("reading")
        return content

    def record(self, *, is_made: bool) -> None:
        layout = self.row.layout
        if is_made:
            events.record("reports.run_made", actor=None, subject=self.row, layout=layout)
        else:
            events.record("reports.run_failed", actor=None, subject=self.row, layout=layout)


def remove(rows: Iterable[ReportRun]) -> None:
    """Remove what reports say, and their files; that they were made stays."""
    making.remove(rows, content={})
