"""Words for the events of the reports."""

from django.utils.translation import gettext_lazy as _

from portal.core import events

events.describe({"reports.exported": _("Exported a report")})
