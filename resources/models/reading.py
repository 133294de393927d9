"""Guidance that must be read: its versions, who read which, and who was reminded."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from portal.people.models import User


class GuidanceVersionQuerySet(models.QuerySet["GuidanceVersion"]):
    def current(self) -> Self:
        """Keep what is asked of people today: the version of a published page that must be read."""
        return self.filter(
            page__live=True, page__resourcepage__version=models.F("version")
        ).exclude(page__resourcepage__must_read="nobody")


class GuidanceVersion(models.Model):
    """A version of a page was published, and people were asked to read it. Insert-only.

    `what_changed` speaks to whoever knows the version before; empty for a first one.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="guidance_versions"
    )
    version = models.CharField(max_length=20)
    what_changed = models.TextField(blank=True)
    effective_on = models.DateField(null=True)
    published_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GuidanceVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "version"], name="guidance_version_once")
        ]

    def __str__(self) -> str:
        return f"Version {self.version} of {self.page_id}"


class Acknowledgement(models.Model):
    """A person said that they read a version of a page. Insert-only; the page may go."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="acknowledgements"
    )
    version = models.CharField(max_length=20)
    acknowledged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["page", "version"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "page", "version"], name="acknowledged_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.page_id} in version {self.version}"


class ReadingReminder(models.Model):
    """A person was reminded of a version, for the first, second or third time."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    version = models.ForeignKey(GuidanceVersion, models.CASCADE, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "version", "number"], name="reminded_once"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 3)), name="reminded_at_most_thrice"
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder {self.number} to {self.person_id} of {self.version_id}"


def read_by(people: list[int]) -> models.Exists:
    """The condition that one of a person's accounts read a page in the version it has now."""
    rows = Acknowledgement.objects.filter(
        page=OuterRef("pk"), version=OuterRef("version"), person__in=people
    )
    return models.Exists(rows)


def asked_at() -> Subquery:
    """When a page's present version was first published."""
    rows = GuidanceVersion.objects.filter(page=OuterRef("pk"), version=OuterRef("version"))
    return Subquery(rows.values("published_at")[:1])
