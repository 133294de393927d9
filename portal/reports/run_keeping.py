"""How long reports are kept, and what takes them away before."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import making, nightly
from portal.core.redaction import registry, shapes
from portal.people import retention
from portal.reports import runs
from portal.reports.models import ReportRun, ReportText
from portal.reports.run_models import RunQuerySet
from resources.models import Fact, Highlight, Initiative
from training.models import ModulePage, ModuleRelease

State = ReportRun.State


def _over() -> RunQuerySet:
    return ReportRun.objects.filter(state=State.READY, kept_until__lt=timezone.localdate())


retention.register(
    retention.Rule(
        "report_runs",
        _("Reports made from templates and of ranges"),
        _("30 days after they were made; that they were made stays"),
        _over,
        runs.remove,
    )
)
registry.texts(ReportText, _("a text block of a report"), {"text": shapes.plain})


def _forget_all(row: Any) -> None:
    """Words were hidden or went. Which report holds them is not known, and made anew one costs
    seconds.
    """
    making.forget(ReportRun.objects.all(), content={})


for model in (ReportText, Fact, Highlight, Initiative, ModulePage, ModuleRelease):
    registry.after(model, _forget_all)


@nightly.job
def sweep() -> int:
    """Delete files that no report knows: a worker that died left them."""
    return making.sweep(ReportRun)
