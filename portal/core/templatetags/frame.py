"""What the components of the frame ask of Python."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()

ROW_HEIGHT = 28  # units of the chart's view box, which the style sheet draws as pixels
CHART_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart; `y` and `width` are in the chart's own units."""

    label: str
    text: str
    y: int
    width: float


@register.filter
def page_numbers(page: "Page[Any]") -> Iterator[int | str]:
    """Return the pages to link to: the ends and those around the current one."""
    numbers: Iterator[int | str] = page.paginator.get_elided_page_range(
        page.number, on_each_side=1, on_ends=1
    )
    return numbers


@register.filter
def bars(rows: Iterable[tuple[str, float, str]]) -> list[Bar]:
    """Lay out (label, value, display text) as bars; the largest value fills the width."""
    kept = list(rows)
    largest = max((float(value) for _, value, _ in kept), default=0) or 1
    return [
        Bar(label, text, place * ROW_HEIGHT, round(CHART_WIDTH * float(value) / largest, 2))
        for place, (label, value, text) in enumerate(kept)
    ]


@register.filter
def chart_height(rows: Iterable[Any]) -> int:
    """Return the height of a chart in its own units."""
    return ROW_HEIGHT * len(list(rows))
