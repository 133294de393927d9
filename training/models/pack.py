"""The accreditation pack of a center: asked for, made by the worker, kept for some days."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from portal.core.making import Made
from portal.people import roles, scope


class PackQuerySet(models.QuerySet["AccreditationPack"]):
    def visible_to(self, user: Any) -> Self:
        """Keep those of the centers one coordinates; all for the manager."""
        if not roles.is_member(user):
            return self.none()
        if scope.is_statewide(user):
            return self
        return self.filter(center__in=scope.center_ids(user))


class AccreditationPack(Made):
    """One pack: what a center's roster did from a day to a day (America/New_York), both included.

    `facts` are the sums as made, so that a later pack can be compared with it.
    """

    SHELF = "packs"

    center = models.ForeignKey("people.Center", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    facts = models.JSONField(default=dict)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="pack_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"Pack {self.pk}"
