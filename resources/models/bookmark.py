"""Pages that a person wants to find again."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.people.aliases import person_ids
from portal.people.models import User


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, user: User) -> Self:
        """Keep the own ones, those of merged accounts included."""
        return self.filter(person__in=person_ids(user))


class Bookmark(models.Model):
    """A person marked a resource; seen by nobody else."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.ForeignKey("resources.ResourcePage", models.CASCADE, related_name="bookmarks")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "page"], name="bookmarked_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} marked {self.page_id}"
