"""Placeholder until the first table: the section's page."""

from typing import ClassVar

from portal.people.audience import AudiencePage


class TrainingIndexPage(AudiencePage):
    """The section of the page tree that holds pathways and modules."""

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
