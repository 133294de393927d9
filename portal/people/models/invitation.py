"""An invitation to join: the only way to an account, and to another center's roster."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from portal.people.models.person import User


class Invitation(models.Model):
    """One invitation. The address in the mail is signed over the id; no token is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    center = models.ForeignKey("people.Center", models.PROTECT, null=True, related_name="+")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"Invitation of {self.user_id}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()
