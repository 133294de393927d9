"""What a list says of each page of the library, written by a function: lists are long."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from resources.models import ResourcePage

register = template.Library()


@register.filter
def facts_line(page: ResourcePage) -> str:
    """Return the kind, the minutes it takes and, where it has one, the version with its day."""
    said = [page.get_kind_display(), _("%(n)s min") % {"n": page.minutes}]
    if page.effective_on:
        day = date_format(page.effective_on, "DATE_FORMAT")
        said.append(_("version %(version)s of %(day)s") % {"version": page.version, "day": day})
    return " · ".join(map(str, said))
