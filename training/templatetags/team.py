"""The cells of a team's matrix: hundreds on a page, so they are written by a function."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from training.team import Cell

register = template.Library()


@register.filter
def as_cells(cells: Iterable[Cell]) -> SafeString:
    """Write a cell for each module: complete and since when, or not."""
    complete, open_one = conditional_escape(_("Complete")), conditional_escape(_("Not complete"))
    written = "".join(
        f'<td>{complete}<br><span class="small">{conditional_escape(cell.said)}</span></td>'
        if cell.day
        else f'<td class="muted">{open_one}</td>'
        for cell in cells
    )
    return mark_safe(written)  # noqa: S308  every part is escaped
