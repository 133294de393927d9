"""Words for the events of the library."""

from django.utils.translation import gettext_lazy as _

from portal.core import events

events.describe(
    {
        "resources.guidance_drafted": _("Drafted guidance from an answer"),
        "resources.handed_over": _("Gave a resource to another owner"),
    }
)
