"""A center's protocol for its team: its version, what changed, who signed, when it is reviewed."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.people import roles, scope


class ProtocolQuerySet(models.QuerySet["ProtocolVersion"]):
    def visible_to(self, user: Any) -> Self:
        """Keep those of the centers one coordinates or belongs to; all for the manager."""
        if not roles.is_member(user):
            return self.none()
        if scope.is_statewide(user):
            return self
        own = Q(center__in=scope.own_centers(user)) | Q(center__in=scope.center_ids(user))
        return self.filter(own)

    def newest_first(self) -> Self:
        return self.order_by("-adopted_on", "-pk")


class ProtocolVersion(models.Model):
    """One adopted version of a center's CSEC protocol; the paper itself stays with the center.

    Days are days in America/New_York. Only `review_by` moves after it was recorded.
    """

    center = models.ForeignKey("people.Center", models.PROTECT, related_name="protocols")
    version = models.CharField(max_length=40)
    adopted_on = models.DateField()
    review_by = models.DateField()
    changes = models.TextField(blank=True, help_text="What changed, one line each")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["center", "version"], name="protocol_version_once"),
            models.CheckConstraint(
                condition=Q(review_by__gt=models.F("adopted_on")), name="protocol_review_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.center_id}: {self.version}"


class ProtocolSignOff(models.Model):
    """An agency of the team signed a version. The agency is named, not the person who signed."""

    protocol = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="sign_offs")
    agency = models.CharField(max_length=120)
    signed_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, help_text="When it was taken back as a mistake")

    class Meta:
        ordering: ClassVar = ["agency", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["protocol", "agency"],
                condition=Q(removed_at__isnull=True),
                name="agency_signs_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Sign-off of {self.protocol_id}"
