"""The panel on the admin's home: what somebody should look at again."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from portal.people.models import HelpLine
from resources.models import ResourcePage, Service

AHEAD = timedelta(days=30)
MOST = 10


class DuePanel(Component):
    """Resources whose review comes due within 30 days, and entries nobody has verified."""

    name = "due"
    template_name = "resources/admin/due.html"
    order = 250

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        soon = timezone.localdate() + AHEAD
        due = ResourcePage.objects.live().filter(review_by__lte=soon).order_by("review_by", "pk")
        return {
            "due": due[:MOST],
            "unverified": Service.objects.to_verify().count()
            if user.has_perm("resources.view_service")
            else 0,
            "stale_lines": HelpLine.objects.stale().count(),
        }
