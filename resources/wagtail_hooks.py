"""The library and the directory in the admin, in the users' words."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.directory_forms import ServiceForm
from resources.models import ResourcePage, Service
from resources.panels import DuePanel
from resources.statewide_admin import StatewideGroup
from resources.topic_admin import CollectionViewSet, TopicViewSet


def _review_by(page: ResourcePage) -> str:
    """A date to come: Wagtail's own column would say "just now"."""
    return date_format(page.review_by) if page.review_by else ""


class ResourceListing(PageListingViewSet):
    """Every resource with what its keeper asks first: kind, audience, review date."""

    model = ResourcePage
    name = "guidance"
    menu_label = _("Guidance")
    icon = "doc-full-inverse"
    menu_order = 150
    add_to_admin_menu = True
    list_filter = ["kind", "audience", "review_by"]
    columns = [
        *[c for c in PageListingViewSet.columns if c.name != "parent"],
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("audience", label=_("Audience"), accessor="get_audience_display"),
        Column("review_by", label=_("Review by"), accessor=_review_by, sort_key="review_by"),
    ]


class ServiceViewSet(SnippetViewSet):
    model = Service
    menu_label = _("Directory")
    icon = "site"
    menu_order = 350
    add_to_admin_menu = True
    list_display = ["name", "category", "needs_verifying", "verified_on"]
    list_filter = ["category", "counties", "needs_verifying"]
    search_fields = ["name", "about"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("category"),
            FieldPanel("counties"),
            FieldPanel("about"),
            FieldPanel("eligibility"),
            FieldPanel("languages", widget=CheckboxSelectMultiple),
            FieldPanel("how_to_refer"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("url")]),
            MultiFieldPanel(
                [
                    FieldPanel("needs_verifying"),
                    FieldPanel("verified_on"),
                    FieldPanel("verified_by"),
                ],
                _("Verified"),
            ),
        ],
        base_form_class=ServiceForm,
    )


@hooks.register("construct_homepage_panels")
def show_what_is_due(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DuePanel())


@hooks.register("register_admin_viewset")
def register_resource_listing() -> ResourceListing:
    return ResourceListing()


register_snippet(ServiceViewSet)
register_snippet(CollectionViewSet)
register_snippet(TopicViewSet)
register_snippet(StatewideGroup)
