"""A document that comes with a resource."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class ResourceFile(Orderable):
    """A file of a page, for whoever may read the page, and who checked that everybody can use it.

    Its name is the document's own, which the screen has read.
    """

    page = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name=_("document")
    )
    accessible_on = models.DateField(_("checked to be accessible on"), null=True, blank=True)
    accessible_by = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
    )

    panels: ClassVar = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("accessible_on"), FieldPanel("accessible_by")]),
    ]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accessible_on__isnull=False) | Q(accessible_by__isnull=True),
                name="file_check_has_its_day",
                violation_error_message=_("Give the day of the check."),
            )
        ]

    def __str__(self) -> str:
        return f"File {self.document_id} of {self.page_id}"
