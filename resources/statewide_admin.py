"""Initiatives, office hours and facts in the admin, for the program manager."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.people import group_rights
from resources.initiative_forms import InitiativeForm
from resources.models import Fact, Initiative, OfficeHour

group_rights.allow(
    "Program managers",
    *(
        f"resources.{right}_{name}"
        for name in ("initiative", "officehour", "fact")
        for right in ("add", "change", "delete", "view")
    ),
)


class InitiativeViewSet(SnippetViewSet):
    model = Initiative
    menu_label = _("Initiatives")
    icon = "globe"
    list_display = ["name", "state", "owner", "audience"]
    list_filter = ["state", "audience"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("aim"),
            FieldRowPanel([FieldPanel("state"), FieldPanel("audience")]),
            FieldPanel("owner"),
            InlinePanel(
                "milestones",
                [
                    FieldPanel("text"),
                    FieldRowPanel([FieldPanel("due_on"), FieldPanel("done_on")]),
                ],
                heading=_("Milestones"),
                label=_("Milestone"),
            ),
            InlinePanel(
                "documents", [FieldPanel("page")], heading=_("Documents"), label=_("Document")
            ),
        ],
        base_form_class=InitiativeForm,
    )


class OfficeHourViewSet(SnippetViewSet):
    model = OfficeHour
    menu_label = _("Office hours")
    icon = "date"
    list_display = ["day", "repeats", "time", "place"]
    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("repeats")]),
        FieldPanel("time"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("url")]),
        FieldPanel("note"),
    ]


class FactViewSet(SnippetViewSet):
    model = Fact
    menu_label = _("Facts and figures")
    icon = "list-ol"
    list_display = ["statement", "figure", "source", "checked_on"]
    search_fields = ["statement", "source"]
    panels = [
        FieldPanel("statement"),
        FieldPanel("figure"),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("url"), FieldPanel("source_date")]),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
            ],
            _("Where it stands"),
        ),
        FieldPanel("position"),
    ]


class StatewideGroup(SnippetViewSetGroup):
    items = (InitiativeViewSet, OfficeHourViewSet, FactViewSet)
    menu_label = _("Statewide")
    menu_icon = "globe"
    menu_order = 360
