"""What stands in a template beside the measures: a roster's requirements, highlights, facts."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.people.models import Membership, User
from portal.reports.measures import Window
from portal.reports.models import ReportRun
from portal.reports.periods import EASTERN
from resources.models import Fact, Highlight
from training import needs
from training.needs import Need

Data = dict[str, Any]


def roster(run: ReportRun) -> Data:
    """Count, under each requirement, who of the roster of the last day fell under it and met it."""
    links = Membership.objects.active(run.last_day).filter(center=run.center)
    people = User.objects.filter(pk__in=links.values("user"), is_active=True)
    by_rule: dict[int, list[Need]] = {}
    for found in needs.of_many(people, on=run.last_day).values():
        for need in found:
            by_rule.setdefault(need.rule.pk, []).append(need)
    rows = [
        [found[0].rule.name, _met(found)]
        for found in sorted(by_rule.values(), key=lambda found: found[0].rule.name)
    ]
    none = _("Nobody was on the roster, or no requirement held.")
    note = _("As on the last day of the period. Licences are each person's own and are left out.")
    return {
        "kind": "table",
        "note": note if rows else none,
        "head": [_("Requirement"), _("People under it"), _("Met"), _("Share")],
        "rows": rows,
    }


def _met(found: list[Need]) -> list[list[Any]]:
    met = sum(need.standing.is_met for need in found)
    share = met * 100 // len(found)
    return [[len(found), "", str(len(found))], [met, "", str(met)], [share, "%", f"{share} %"]]


def highlights(run: ReportRun) -> Data:
    """Return what was published in the period, which a second person read before."""
    published = Highlight.objects.published().with_people()
    rows = published.filter(**Window(run.first_day, run.last_day).within("published_at"))
    items = [
        {"title": row.title, "text": row.text, "source": _published(row)}
        for row in rows.order_by("published_at", "pk")
    ]
    note = "" if items else _("No highlight was published in this period.")
    return {"kind": "list", "note": note, "entries": items}


def _published(row: Highlight) -> str:
    at = row.published_at
    day = date_format(at.astimezone(EASTERN), "j M Y") if at else ""
    where = row.center.name if row.center else _("Statewide")
    return _("%(where)s, published on %(day)s, approved by a second person") % {
        "where": where,
        "day": day,
    }


def facts(run: ReportRun) -> Data:
    """Return the facts that somebody looked up within a year, each with its source and date."""
    old = Fact.objects.to_check().values("pk")
    items = [
        {"title": f"{row.figure}: {row.statement}", "text": "", "source": _source(row)}
        for row in Fact.objects.exclude(pk__in=old)
    ]
    left = len(old)
    note = "" if items else _("No fact was looked up within a year.")
    if left:
        note = f"{note} " + _("Facts that nobody looked up for a year are left out: %(count)s.") % {
            "count": left
        }
    return {"kind": "list", "note": note.strip(), "entries": items}


def _source(row: Fact) -> str:
    checked = date_format(row.checked_on, "j M Y") if row.checked_on else ""
    looked_up = _("looked up on %(day)s") % {"day": checked}
    return ", ".join(filter(None, [row.source, row.source_date, row.url, looked_up]))
