"""Collections: pages of the library in an order, under a title."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from portal.core.privacy.validators import validate_screened


class ResourceCollection(ClusterableModel):
    """An ordered set of pages that the program manager puts together."""

    title = models.CharField(
        _("title"), max_length=120, unique=True, validators=[validate_screened]
    )
    line = models.CharField(
        _("in one line"), max_length=200, blank=True, validators=[validate_screened]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("line"),
        FieldPanel("order"),
        InlinePanel("entries", label=_("Page"), heading=_("Pages, in their order")),
    ]

    class Meta:
        ordering: ClassVar = ["order", "title"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.title


class CollectionEntry(Orderable):
    """A page stands in a collection."""

    collection = ParentalKey(ResourceCollection, on_delete=models.CASCADE, related_name="entries")
    page = models.ForeignKey(
        "resources.ResourcePage", models.CASCADE, related_name="+", verbose_name=_("page")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("page")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "page"], name="page_once_in_a_collection")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} in {self.collection_id}"
