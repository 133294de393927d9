"""What learners are served: an immutable release of a module."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class ReleaseQuerySet(models.QuerySet["ModuleRelease"]):
    def newest_first(self) -> Self:
        return self.order_by("-number", "-edition")


class ModuleRelease(models.Model):
    """One published state of a module. Insert-only; the page it came from may go.

    `number` rises with a substantive change, `edition` with an editorial one. An enrolment pins
    the number and is served its newest edition. `outline` is the JSON of `training.outline`.
    Minutes are clock minutes, computed when released, never measured.
    """

    page = models.ForeignKey(
        "training.ModulePage", models.SET_NULL, null=True, related_name="releases"
    )
    code = models.CharField(max_length=10)
    slug = models.SlugField()
    number = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField()
    outline = models.JSONField()
    sha256 = models.CharField(max_length=64)
    released_at = models.DateTimeField(default=timezone.now, editable=False)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "number", "edition"], name="release_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}.{self.edition}"


class SignOff(models.Model):
    """A reviewer signed a release number: it is no longer a draft for review."""

    class Kind(models.TextChoices):
        STAFF = "staff", "Staff review"
        LEGAL = "legal", "Legal review"
        SURVIVOR = "survivor", "Survivor review"

    page = models.ForeignKey("training.ModulePage", models.CASCADE, related_name="sign_offs")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number", "kind"], name="sign_off_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.page_id} {self.number}"
