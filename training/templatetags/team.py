"""The rows of a team's matrix: hundreds of cells on a page, so they are written by a function."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from training.team import Cell, Row, day_said

register = template.Library()


@register.filter
def as_rows(rows: Iterable[Row]) -> SafeString:
    """Write a row for each person: who it is, when they joined, and a cell for each module."""
    joined, not_joined = conditional_escape(_("Joined")), conditional_escape(_("Not joined yet"))
    complete = conditional_escape(_("Complete"))
    not_complete = f'<td class="muted">{conditional_escape(_("Not complete"))}</td>'

    def cell(of: Cell) -> str:
        if not of.day:
            return not_complete
        said = conditional_escape(of.said)
        return f'<td>{complete}<br><span class="small">{said}</span></td>'

    def row(of: Row) -> str:
        at = of.person.joined_at
        day = conditional_escape(day_said(localdate(at))) if at else ""
        since = f'{joined}<br><span class="small">{day}</span>' if at else not_joined
        return (
            f'<tr><th scope="row">{_who(of)}</th>'
            f"<td>{conditional_escape(str(of.person.discipline or ''))}</td><td>{since}</td>"
            f"{''.join(map(cell, of.cells))}</tr>"
        )

    return mark_safe("\n".join(map(row, rows)))  # noqa: S308  every part is escaped


def _who(row: Row) -> str:
    person = row.person
    name = f'<a href="{reverse("person", args=[person.pk])}">{conditional_escape(person.name)}</a>'
    where = ", ".join(center.name for center in row.centers)
    if not where and person.is_statewide:
        where = _("Statewide")
    if not where:
        return name
    return f'{name}<br><span class="small muted">{conditional_escape(where)}</span>'
