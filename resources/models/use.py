"""Who used a resource on a day: a fact, counted in the reports."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class ResourceUse(models.Model):
    """A person opened a resource on a day (America/New_York); once a day. Insert-only.

    The page may be deleted later; the fact stays.
    """

    person = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="resource_uses"
    )
    day = models.DateField(default=timezone.localdate)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "page", "day"], name="resource_use_once_a_day"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.person_id} used {self.page_id} on {self.day}"
