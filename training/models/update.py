"""What changed with a release number, for people who completed an earlier one."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.people.models import User
from training.models.release import ModuleRelease


class ReleaseUpdateQuerySet(models.QuerySet["ReleaseUpdate"]):
    def since(self, number: int) -> Self:
        """Keep what came after a release number, in order."""
        return self.filter(release__number__gt=number).order_by("release__number")

    def read_by(self, person_ids: Any) -> Self:
        return self.filter(reads__person__in=person_ids).distinct()


class ReleaseUpdate(models.Model):
    """The author's words on a new number. Insert-only; no minutes: an update earns no credit."""

    release = models.OneToOneField(ModuleRelease, models.PROTECT, related_name="update_offer")
    text = models.TextField()

    objects = ReleaseUpdateQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Update of release {self.release_id}"


class UpdateRead(models.Model):
    """A person said that they have read an update. Insert-only; opening the page leaves nothing."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    update = models.ForeignKey(ReleaseUpdate, models.PROTECT, related_name="reads")
    read_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "update"], name="update_read_once"),
        ]

    def __str__(self) -> str:
        return f"Update {self.update_id} read"
