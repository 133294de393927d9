"""Words for the events of the reports."""

from django.utils.translation import gettext_lazy as _

from portal.core import effect_kinds, events
from portal.core.effect_kinds import URGENT, Kind

events.describe({"reports.exported": _("Exported a report")})
events.describe(
    {
        "reports.frozen": _("Froze a report"),
        "reports.released": _("Exported figures for release"),
        "reports.text_written": _("Changed a text of a report's template"),
        "reports.run_asked": _("Asked for a report"),
        "reports.run_made": _("A report was made"),
        "reports.run_failed": _("A report could not be made"),
        "reports.mail_chosen": _("Chose when the link to a report comes by mail"),
    }
)
events.describe({"reports.run_fetched": _("Downloaded a report")}, is_access=True)
effect_kinds.describe({"reports.run": Kind(_("Reports"), URGENT, is_made=True)})
