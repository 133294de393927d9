"""Words of topics."""

from django import template

from training import topics

register = template.Library()


@register.filter
def topic(slug: str) -> str:
    """Return a topic of the fixed list in words."""
    return topics.label(slug)
