"""A mail with a link to a template, when a period begins: never what a report says."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import events, mail, mail_registry, nightly
from portal.core.mail_registry import MailClass
from portal.people.models import Role, User
from portal.people.policies import can_see_reports
from portal.reports.layouts import LAYOUTS, Layout
from portal.reports.models import ReportSchedule
from portal.reports.periods import Period

Every = ReportSchedule.Every
mail_registry.add(
    MailClass(
        "reports",
        _("Reports I asked to be reminded of"),
        _("A link when a period begins, for the reports where you chose it."),
        is_bulk=True,
        roles=frozenset({Role.MANAGER, Role.DEPUTY}),
    )
)
mail_registry.put("reports", "report_due")


def running(layout: Layout, every: str, today: date) -> Period:
    """Return the year or quarter, of the template's usual basis, that a day falls in."""
    year = Period.of(layout.bases[0], today)
    if every == Every.YEAR:
        return year
    return next(q for q in year.quarters() if q.first_day <= today <= q.last_day)


def chosen(user: User, layout: Layout) -> str:
    """Return how often a person wants the mail; empty for never."""
    row = ReportSchedule.objects.filter(user=user, layout=layout.key).first()
    return row.every if row else ""


@transaction.atomic
def choose(layout: Layout, every: str, *, by: User) -> None:
    """Have the mail from the next period on, or no more. The period that runs is not told of."""
    if every == chosen(by, layout):
        return
    rows = ReportSchedule.objects.filter(user=by, layout=layout.key)
    if not every:
        rows.delete()
    else:
        told = running(layout, every, timezone.localdate()).slug
        ReportSchedule.objects.update_or_create(
            user=by, layout=layout.key, defaults={"every": every, "told": told}
        )
    events.record("reports.mail_chosen", actor=by, layout=layout.key, every=every)


@nightly.job
def tell() -> int:
    """Queue a mail for each template whose period began; one a period, to who may see it still."""
    today, told = timezone.localdate(), 0
    for row in ReportSchedule.objects.select_related("user"):
        layout = LAYOUTS.get(row.layout)
        if layout is None or not can_see_reports(row.user):
            continue
        period = running(layout, row.every, today).slug
        if period != row.told and _tell(row, period):
            told += 1
    return told


@transaction.atomic
def _tell(row: ReportSchedule, period: str) -> bool:
    """Queue one mail, unless another run of the job was quicker."""
    mine = ReportSchedule.objects.filter(pk=row.pk, told=row.told)
    if not mine.update(told=period):
        return False
    path = reverse("report_template", args=[row.layout])
    key = f"report-due:{row.layout}:{period}"
    mail.queue(row.user_id, "report_due", subject_key=key, context={"path": path})
    return True
