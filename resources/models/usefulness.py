"""Whether a page was useful: who said so, and what was said, which nothing joins (ADR 12)."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from portal.people import roles, scope
from portal.people.models import User


class UsefulnessDone(models.Model):
    """A person said whether a page was useful. No time and no word of the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.ForeignKey("resources.ResourcePage", models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True  # its rows are numbered in the order they came

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "page"], name="usefulness_said_once")
        ]

    def __str__(self) -> str:
        return f"Answer of {self.person_id} about {self.page_id}"


class UsefulnessHeld(models.Model):
    """Answers about a page and a month that wait until there are enough: one row for all of them.

    `answers` is shuffled at each write, so that there is no row, key or order per person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("resources.ResourcePage", models.CASCADE, related_name="+")
    month = models.DateField(help_text="Its first day")
    answers = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "month"], name="usefulness_held_once_a_month")
        ]

    def __str__(self) -> str:
        return f"Held answers about {self.page_id}"


class UsefulnessAnswerQuerySet(models.QuerySet["UsefulnessAnswer"]):
    def visible_to(self, user: User) -> Self:
        """Keep all for the manager; for who works in the admin those about the own pages."""
        if scope.is_statewide(user):
            return self
        own = Q(page__kept_by=user) if roles.may_open_cms(user) else Q(pk__in=[])
        return self.filter(own)


class UsefulnessAnswer(models.Model):
    """What somebody said of a page. The rows of a month are written anew, in random order and with
    random keys, whenever some are added.

    `month` is its first day; empty where fewer than five people answered in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("resources.ResourcePage", models.CASCADE, related_name="+")
    month = models.DateField(null=True)
    is_useful = models.BooleanField()
    text = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    objects = UsefulnessAnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Answer about {self.page_id}"
