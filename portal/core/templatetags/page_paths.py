"""Addresses of pages in lists: Wagtail asks the cache server for each that it is not told about."""

from typing import Any

from django import template
from wagtail.models import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def page_path(context: template.Context, page: Page) -> str:
    """Return the path of a page, or nothing where none leads to it.

    The request remembers where the site's pages begin, so a list costs one question to the cache.
    """
    found: Any = page.get_url_parts(context.get("request"))
    return str(found[2]) if found and found[2] else ""
