"""Closures, targets and lead times in the admin, for the program manager."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from assistance.models import Closure, Target, TypeNote
from portal.people import group_rights

group_rights.allow(
    "Program managers",
    *(f"assistance.{right}_closure" for right in ("add", "change", "delete", "view")),
    *(f"assistance.{right}_target" for right in ("change", "view")),
    *(f"assistance.{right}_typenote" for right in ("change", "view")),
)


class ClosureViewSet(SnippetViewSet):
    model = Closure
    menu_label = _("Closures")
    icon = "calendar"
    list_display = ["day", "label"]


class TargetViewSet(SnippetViewSet):
    model = Target
    menu_label = _("Targets")
    icon = "time"
    list_display = ["urgency", "first_minutes", "answer_minutes"]


class TypeNoteViewSet(SnippetViewSet):
    model = TypeNote
    menu_label = _("Lead times")
    icon = "date"
    list_display = ["type", "lead_days", "note"]


class ClockGroup(SnippetViewSetGroup):
    items = (ClosureViewSet, TargetViewSet, TypeNoteViewSet)
    menu_label = _("Clocks of requests")
    menu_icon = "time"
    menu_order = 170


register_snippet(ClockGroup)
