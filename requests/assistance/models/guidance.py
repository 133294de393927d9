"""A page drafted from the answer to a request."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from assistance.models.ticket import Ticket
from portal.people.models import User


class GuidanceDraft(models.Model):
    """An answer became a draft of guidance; `published_at` is when its page first went out."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="guidance_drafts")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "page"], name="guidance_drafted_once")
        ]

    def __str__(self) -> str:
        return f"Guidance from {self.ticket_id}"
