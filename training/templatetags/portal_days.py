"""Days that stand as ISO text in frozen JSON."""

from datetime import date

from django import template

register = template.Library()


@register.filter
def iso_day(text: str) -> date | None:
    """Return the day of "2026-11-24"; None for anything else, so that a date filter shows none."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
