"""An ordered way through modules. The order is a suggestion, never a lock."""

from typing import Any, ClassVar, Self

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet

from portal.people import audience
from portal.people.audience import AudiencePage
from training.forms import TrainingPageForm


class PathwayQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> Self:
        kept: Self = self.live().filter(audience.readable_q(user))
        return kept


class PathwayPage(AudiencePage):
    """Modules in an order. Its name states no hours: they are the sum of honest minutes."""

    summary = models.TextField(blank=True)

    objects = PageManager.from_queryset(PathwayQuerySet)()

    base_form_class = TrainingPageForm
    content_panels: ClassVar = [
        *AudiencePage.content_panels,
        FieldPanel("summary"),
        InlinePanel("steps", label=_("Module"), heading=_("Modules in order")),
    ]
    parent_page_types: ClassVar = ["training.TrainingIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("pathway")

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Return its address under /training/pathways/, a Django view's."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        head, _slash, slug = path.rstrip("/").rpartition("/")
        return site_id, root_url, f"{head}/pathways/{slug}/"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from training.catalogue import pathway_response

        return pathway_response(request, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.get_url(request))


class PathwayStep(Orderable):
    """One module on a pathway."""

    pathway = ParentalKey(PathwayPage, on_delete=models.CASCADE, related_name="steps")
    module = models.ForeignKey("training.ModulePage", models.CASCADE, related_name="pathway_steps")

    panels: ClassVar = [FieldPanel("module")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pathway", "module"], name="module_once_on_pathway"),
        ]

    def __str__(self) -> str:
        return f"{self.sort_order} {self.module_id}"
