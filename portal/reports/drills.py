"""From a figure to what stands behind it, for those who may see that."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.reports.measures import Measure
from portal.reports.periods import Period
from portal.reports.tables import Words

# measure: (name of the address, words, names of the parameters for the first and the last day)
WAYS: dict[str, tuple[tuple[str, Words, str, str], ...]] = {
    "trainings": (("sessions", _("Live sessions"), "", ""),),
    "attendances": (("team", _("The rosters, with what each person completed"), "", ""),),
    "people": (("team", _("The rosters, with what each person completed"), "", ""),),
    "outreach": (("talks", _("The talks of the period"), "since", "until"),),
    "knowledge": (("outcomes", _("What people learned, question by question"), "", ""),),
    "evaluations": (("evaluations", _("Evaluations of modules"), "", ""),),
    "pathway": (("team_requirements", _("Each person under each requirement"), "", ""),),
    "requests": (("assistance:requests", _("The queue of requests"), "", ""),),
    "open": (("assistance:requests", _("The queue of requests"), "", ""),),
    "effort": (("assistance:activities", _("Activity records"), "", ""),),
    "readers": (("library", _("The library"), "", ""),),
    "materials": (("library", _("The library"), "", ""),),
    "forums": (("forums", _("The log of forums and advocacy"), "", ""),),
    "initiatives": (("initiatives", _("The initiatives"), "", ""),),
    "coverage": (("coverage", _("Coordinators by county"), "", ""),),
}


def of(measure: Measure, period: Period) -> list[tuple[str, Words]]:
    """Return (address, words) of the pages with what a figure counts."""
    return [
        (_address(name, since, until, period), words)
        for name, words, since, until in WAYS.get(measure.key, ())
    ]


def _address(name: str, since: str, until: str, period: Period) -> str:
    url = reverse(name)
    if not since:
        return url
    return f"{url}?{since}={period.first_day}&{until}={period.last_day}"
