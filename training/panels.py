"""The editor of a module: what is written, what is computed from it, what is planned."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel


class FactsPanel(Panel):
    """Shows the author the honest minutes and what is still missing; nothing to fill in."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "training/admin/facts_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, **_facts(self.instance)}


def _facts(page: Any) -> dict[str, Any]:
    from training import minutes

    lessons = [(child.value["title"], minutes.of_lesson(child.value)) for child in page.lessons]
    return {
        "minutes": page.minutes,
        "lessons": lessons,
        "quiz_minutes": minutes.of_questions(minutes.asked(page)),
        "concerns": list(page.concerns()),
    }


MODULE = [
    MultiFieldPanel(
        [FieldPanel("change_kind"), FieldPanel("what_changed"), FieldPanel("offers_update")],
        heading=_("What this publication is"),
    ),
    FactsPanel(heading=_("Minutes and open points")),
    FieldPanel("code"),
    FieldPanel("summary"),
    FieldPanel("objectives"),
    FieldPanel("lessons"),
    FieldPanel("quiz"),
    FieldPanel("quiz_draw"),
    FieldPanel("pass_mark"),
    MultiFieldPanel(
        [FieldPanel("sensitivity"), FieldPanel("sensitivity_note")], heading=_("Sensitivity")
    ),
    MultiFieldPanel(
        [FieldPanel("topics"), FieldPanel("disciplines")], heading=_("Where it is found")
    ),
    FieldPanel("sources"),
    FieldPanel("review_by"),
    MultiFieldPanel(
        [
            FieldPanel("is_in_preparation"),
            FieldPanel("planned_minutes"),
            FieldPanel("planned_lessons"),
        ],
        heading=_("While it is being prepared"),
    ),
]
