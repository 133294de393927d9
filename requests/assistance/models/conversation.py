"""What is said on a request, and the pages pointed to."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from assistance.models.ticket import Ticket, submitted_and_seen_by
from portal.people import roles
from portal.people.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    def replies(self) -> Self:
        return self.filter(kind=Message.Kind.REPLY)

    def visible_to(self, user: Any) -> Self:
        """Keep the replies of visible requests; notes only for the manager and the assignee."""
        messages = self.filter(submitted_and_seen_by(user, "ticket__"))
        if roles.is_manager(user):
            return messages
        reply = Q(kind=Message.Kind.REPLY)
        if roles.is_specialist(user):
            return messages.filter(reply | Q(ticket__assignee=user))
        return messages.filter(reply)


class Message(models.Model):
    """A reply that the requester sees, or a note that stays with the staff. Never changed."""

    class Kind(models.TextChoices):
        REPLY = "reply", "Reply"
        NOTE = "note", "Internal note"

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_from_staff = models.BooleanField()
    text = models.TextField()
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["ticket", "kind", "created_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="reply") | Q(is_from_staff=True), name="note_is_from_staff"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.ticket_id}"


class PageLink(models.Model):
    """A page of the portal that answers a request, or part of it."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="links")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    key = models.UUIDField(unique=True, null=True, help_text="Made by the form")

    class Meta:
        ordering: ClassVar = ["added_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "page"], name="page_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} -> {self.page_id}"
