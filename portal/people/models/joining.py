"""Joining without an invitation, and saying once a year that one still works here."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.core.privacy.validators import validate_screened
from portal.people.models.person import User
from portal.people.models.place import Center, Discipline

ATTEST_EVERY = timedelta(days=365)


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        """Keep those whose address is confirmed and that nobody has decided."""
        return self.filter(confirmed_at__isnull=False, decided_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """Keep those to the centers that the person answers for."""
        from portal.people import scope

        if not isinstance(user, User):
            return self.none()
        return self.filter(center__in=scope.centers(user).values("pk"))


class JoinRequest(models.Model):
    """Somebody asks to join a center's team. Nothing of it counts before a coordinator approves."""

    class Decision(models.TextChoices):
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"

    email = models.EmailField()
    first_name = models.CharField(max_length=80, validators=[validate_screened])
    last_name = models.CharField(max_length=80, validators=[validate_screened])
    title = models.CharField(max_length=120, blank=True, validators=[validate_screened])
    agency = models.CharField(max_length=160, validators=[validate_screened])
    discipline = models.ForeignKey(Discipline, models.PROTECT, related_name="+")
    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decision="")
                | models.Q(decided_at__isnull=False) & ~models.Q(decision=""),
                name="join_request_decision_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"Request to join {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Attestation(models.Model):
    """A person said: I still work in this role, and I keep what I learn here confidential.

    Insert-only. `wording` names the text that stood on the page.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="attestations")
    wording = models.CharField(max_length=20)
    attested_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-attested_at"]

    def __str__(self) -> str:
        return f"{self.user_id} attested"
