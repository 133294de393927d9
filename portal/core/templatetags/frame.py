"""What the components of the frame ask of Python."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()

CHART_WIDTH = 100  # units of a bar's view box


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart. `width` is a number for SVG, never in a reader's own notation."""

    label: str
    text: str
    width: str


@register.filter
def page_numbers(page: "Page[Any]") -> Iterator[int | str]:
    """Return the pages to link to: the ends and those around the current one."""
    numbers: Iterator[int | str] = page.paginator.get_elided_page_range(
        page.number, on_each_side=1, on_ends=1
    )
    return numbers


@register.filter
def bars(rows: Iterable[tuple[str, float, str]], full: Any = "") -> list[Bar]:
    """Lay out (label, value, display text) as bars. `full` fills the width; by default it is the
    largest value.
    """
    kept = list(rows)
    largest = float(full or max((value for _, value, _ in kept), default=0)) or 1
    return [
        Bar(label, text, f"{CHART_WIDTH * max(float(value), 0) / largest:.2f}")
        for label, value, text in kept
    ]


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping holds under a key; None without it."""
    return mapping.get(key)
