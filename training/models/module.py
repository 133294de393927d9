"""The manuscript: a module is one Wagtail page. Learners never read it; they read a release."""

from typing import ClassVar

from django.db import models

from portal.people.audience import AudiencePage


class TrainingIndexPage(AudiencePage):
    """The section of the page tree that holds pathways and modules."""

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]


class ModulePage(AudiencePage):
    """A module as its authors write it: one publish moment, one workflow, one preview."""

    code = models.CharField(max_length=10, unique=True, help_text="F04")
    summary = models.TextField(blank=True)

    parent_page_types: ClassVar = ["training.TrainingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
