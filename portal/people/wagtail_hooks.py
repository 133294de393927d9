"""Wagtail's hooks and admin views for people and audience."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.people import audience, roles
from portal.people.models import HelpLine


@hooks.register("before_serve_page")
def serve_to_its_audience(
    page: Page, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse | None:
    """Signed out and not public: sign in and come back. Signed in and not allowed: 404."""
    if audience.can_read(request.user, page):
        return None
    if request.user.is_authenticated:
        raise Http404
    return redirect(f"/accounts/login/?{urlencode({'next': request.path})}")


@hooks.register("insert_global_admin_js")
def warn_before_the_idle_time_out() -> str:
    return format_html('<script type="module" src="{}"></script>', static("js/idle_admin.js"))


@hooks.register("construct_page_action_menu")
def no_privacy_action(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "action-privacy"]


@hooks.register("register_page_header_buttons")
def offer_redaction(
    page: Page, user: Any, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """For the manager: words go from a page and all that is kept of it, by two people."""
    if roles.is_manager(user) and page.depth > 2:
        yield Button(
            _("Remove identifying details"),
            reverse("redact_page", args=[page.pk]),
            icon_name="no-view",
            priority=95,
        )


class HelpLineViewSet(SnippetViewSet):
    model = HelpLine
    menu_label = "Help lines"
    menu_icon = "help"
    menu_order = 400
    add_to_admin_menu = True
    list_display = ["label", "number", "group", "verified_on", "is_stale"]
    list_filter = ["group"]
    panels = [
        FieldPanel("label"),
        MultiFieldPanel([FieldPanel("number"), FieldPanel("dial")], "Number"),
        FieldPanel("text"),
        FieldPanel("hours"),
        FieldPanel("languages"),
        FieldPanel("group"),
        FieldPanel("order"),
        MultiFieldPanel(
            [FieldPanel("source_url"), FieldPanel("verified_on"), FieldPanel("verified_by")],
            "Verified",
        ),
    ]


register_snippet(HelpLineViewSet)
