"""What modules give: shares of right answers before, after and months later."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal.people.sections import only
from training import gains, policies
from training.models import ModulePage
from training.views import SignedIn

for_makers = only(policies.can_see_outcomes)


@for_makers
def index(request: SignedIn) -> HttpResponse:
    return render(
        request, "training/outcomes.html", {"modules": gains.modules(), "fewest": gains.FEWEST}
    )


@for_makers
def module(request: SignedIn, slug: str) -> HttpResponse:
    page = get_object_or_404(ModulePage, slug=slug)
    report = gains.of(page)
    context = {"page": page, "report": report, "bars": _bars(report.whole)}
    return render(request, "training/outcome.html", context)


def _bars(gain: gains.Gain) -> list[tuple[Any, int, str]]:
    named = [
        (_("Before the module"), gain.before),
        (_("First try of the quiz"), gain.after),
        (_("Six months later"), gain.later),
    ]
    return [(label, value, f"{value} %") for label, value in named if value is not None]
