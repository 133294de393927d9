"""Placeholder until the first table: the section's page."""

from typing import ClassVar

from portal.people.audience import AudiencePage


class LibraryPage(AudiencePage):
    """The section of the page tree that holds the library."""

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
