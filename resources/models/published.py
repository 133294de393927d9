"""Which versions of resources were published, and when: a fact, counted in the reports."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class PublishedVersion(models.Model):
    """A version of a page of the library was published for the first time (UTC). Insert-only.

    `kind` is the page's kind of that day; `is_first` says that the page was new. The page may be
    deleted later; the fact stays.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="published_versions"
    )
    version = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    is_first = models.BooleanField()
    published_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "version"], name="published_version_once"),
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(is_first=True), name="published_first_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version} of {self.page_id}"
