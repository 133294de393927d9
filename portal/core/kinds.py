"""Words for the events that the foundations record."""

from django.utils.translation import gettext_lazy as _

from portal.core import events

events.describe(
    {
        "audit.exported": _("Exported the audit"),
        "audit.pruned": _("Removed old access events, as retention says"),
        "backup.made": _("Made a backup"),
        "backup.restored": _("Restored a backup"),
    }
)
events.describe({"audit.viewed": _("Looked into the audit")}, is_access=True)
