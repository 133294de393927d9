"""Videos and glossary terms in the admin, for whoever may write modules."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.people import group_rights
from training.models import GlossaryTerm, Video
from training.site_tree import PANEL, WRITERS

MODELS = ("video", "glossaryterm")
for _group in WRITERS:
    group_rights.allow(
        _group,
        *(f"training.{right}_{m}" for m in MODELS for right in ("add", "change", "delete", "view")),
    )
# A reviewer may mend a module while reviewing it, and chooses among what is there.
group_rights.allow(PANEL, *(f"training.view_{m}" for m in MODELS))


class VideoViewSet(SnippetViewSet):
    model = Video
    menu_label = _("Videos")
    icon = "media"
    copy_view_enabled = False
    list_display = [
        "title",
        Column("length", label=_("Length")),
        "lang",
        "says_all",
        "added_at",
    ]
    list_filter = ["lang", "says_all"]
    search_fields = ["title"]
    panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("file"),
                FieldRowPanel([FieldPanel("length_minutes"), FieldPanel("length_seconds")]),
                FieldPanel("lang"),
            ],
            heading=_("Video"),
        ),
        MultiFieldPanel(
            [FieldPanel("captions"), FieldPanel("transcript")], heading=_("What is said")
        ),
        MultiFieldPanel(
            [FieldPanel("described"), FieldPanel("says_all")],
            heading=_("What is shown"),
            help_text=_("One of the two is needed."),
        ),
    ]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    menu_label = _("Glossary")
    icon = "list-ul"
    copy_view_enabled = False
    list_display = ["term", "definition", "source"]
    search_fields = ["term", "definition"]
    panels = [
        FieldPanel("term"),
        FieldPanel("definition"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
    ]


class MaterialGroup(SnippetViewSetGroup):
    items = (VideoViewSet, GlossaryTermViewSet)
    menu_label = _("For lessons")
    menu_icon = "media"
    menu_order = 155
