"""What keeps accounts and records safe: known devices and legal holds."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.core.privacy.validators import validate_screened
from portal.people.models.person import User


class KnownDevice(models.Model):
    """A browser that a person signed in from. `mark` is a keyed digest; no address is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    mark = models.CharField(max_length=64)
    label = models.CharField(max_length=60, help_text="Browser and system in words")
    first_seen_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "mark"], name="device_known_once")
        ]

    def __str__(self) -> str:
        return self.label


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """Nothing of a person, or with no person nothing at all, is removed while the hold stands."""

    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="holds")
    reason = models.CharField(
        max_length=200,
        validators=[validate_screened],
        help_text="For example the matter's own short name at counsel. No names, no case numbers.",
    )
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-placed_at"]

    def __str__(self) -> str:
        return f"Hold {self.pk}"
