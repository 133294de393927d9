"""Requirements, their clauses and offers of credit in the admin, for the program manager."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.people import group_rights
from training.models import CreditOffer, RequirementClause, RequirementRule

for _model in ("requirementrule", "requirementclause", "creditoffer"):
    group_rights.allow(
        "Program managers",
        *(f"training.{right}_{_model}" for right in ("add", "change", "delete", "view")),
    )


class RuleViewSet(SnippetViewSet):
    """A rule is ticked as verified by whoever has read its source."""

    model = RequirementRule
    menu_label = _("Rules")
    icon = "clipboard-list"
    list_display = ["name", "standard", "kind", "verified_on", "verified_by"]
    list_filter = ["is_licence", "kind"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("standard"), FieldPanel("edition")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("window_months")]),
        FieldRowPanel([FieldPanel("hour_minutes"), FieldPanel("rounding")]),
        FieldPanel("disciplines"),
        MultiFieldPanel(
            [
                FieldPanel("is_licence"),
                FieldPanel("counts_every_module"),
                FieldPanel("needs_approved_curriculum"),
            ],
            _("What counts"),
        ),
        FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_to")]),
        FieldPanel("note"),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("source_url"),
                FieldPanel("verified_on"),
                FieldPanel("verified_by"),
            ],
            _("Verified"),
        ),
    ]


class ClauseViewSet(SnippetViewSet):
    model = RequirementClause
    menu_label = _("Clauses")
    icon = "list-ul"
    list_display = ["label", "rule", "kind", "minutes"]
    list_filter = ["rule", "kind"]


class OfferViewSet(SnippetViewSet):
    """What was awarded by an offer stays when it changes; a new one is awarded in the night."""

    model = CreditOffer
    menu_label = _("Offers of credit")
    icon = "tick"
    list_display = ["module", "rule", "minutes", "valid_from", "valid_to"]
    list_filter = ["rule"]
    panels = [
        HelpPanel(
            _(
                "Awards are made when a module is completed, and in the night for those completed "
                "before. What was awarded stays as it is when the offer is changed or deleted, so "
                "look at minutes and days twice."
            )
        ),
        FieldPanel("module"),
        FieldPanel("rule"),
        FieldPanel("minutes"),
        FieldPanel("category"),
        FieldPanel("approval_number"),
        FieldPanel("needs_evaluation"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]


class RequirementGroup(SnippetViewSetGroup):
    items = (RuleViewSet, ClauseViewSet, OfferViewSet)
    menu_label = _("Requirements")
    menu_icon = "clipboard-list"
    menu_order = 160
