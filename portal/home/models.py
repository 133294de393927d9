"""The root of the page tree."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel

from portal.people.audience import AudiencePage


class HomePage(AudiencePage):
    """The public front. Only the sections may stand below it, so root addresses stay ours."""

    intro = models.TextField(blank=True, help_text="Two or three plain sentences")

    content_panels: ClassVar = [*AudiencePage.content_panels, FieldPanel("intro")]
    max_count = 1
    subpage_types: ClassVar = ["training.TrainingIndexPage", "resources.LibraryPage"]
