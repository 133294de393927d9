"""Shows an editor what the content checks say of a page; there is nothing to fill in."""

from typing import Any

from wagtail.admin.panels import Panel


class ConcernsPanel(Panel):
    """For pages whose `concerns()` names them, as last saved. Warnings hold nothing up."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/concerns.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "concerns": list(self.instance.concerns())}
