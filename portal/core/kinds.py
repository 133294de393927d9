"""Words for the events that the foundations record."""

from django.utils.translation import gettext_lazy as _

from portal.core import effect_kinds, events
from portal.core.effect_kinds import LATER, Kind

events.describe(
    {
        "audit.exported": _("Exported the audit"),
        "audit.pruned": _("Removed old access events, as retention says"),
        "backup.made": _("Made a backup"),
        "backup.restored": _("Restored a backup"),
        "outbox.set_aside": _("Set aside what could not be delivered"),
        "outbox.tried_again": _("Had tried again what could not be delivered"),
        "redaction.agreed": _("Agreed to a redaction: the text was removed"),
        "redaction.asked": _("Asked for a redaction: the text was hidden"),
        "redaction.declined": _("Declined a redaction: the text was shown again"),
    }
)
events.describe(
    {
        "audit.viewed": _("Looked into the audit"),
        "redaction.viewed": _("Looked at a text that is to be redacted"),
    },
    is_access=True,
)
effect_kinds.describe(
    {
        "mail": Kind(_("Mails")),
        "redaction.compact": Kind(_("Letting go of redacted words in the files"), LATER),
    }
)
