"""What ties requests to each other and to people who follow them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assistance.models.ticket import Ticket, submitted_and_seen_by
from portal.people.models import User


class RelationQuerySet(models.QuerySet["Relation"]):
    def of(self, ticket: Ticket) -> Self:
        return self.filter(Q(earlier=ticket) | Q(later=ticket))

    def visible_to(self, user: Any) -> Self:
        """Keep those whose two ends the person sees: one end must not tell of the other."""
        return self.filter(
            submitted_and_seen_by(user, "earlier__"), submitted_and_seen_by(user, "later__")
        )


class Relation(models.Model):
    """Two requests that belong together. The one with the smaller id stands first."""

    earlier = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    later = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["earlier", "later"], name="relation_once"),
            models.CheckConstraint(
                condition=Q(earlier__lt=F("later")), name="relation_has_one_direction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} and {self.later_id}"

    def other(self, ticket: Ticket) -> Ticket:
        """Return the end that is not `ticket`."""
        return self.later if self.earlier_id == ticket.pk else self.earlier


class Watcher(models.Model):
    """Somebody who is told of a request besides its two sides, while they may see it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="watchers")
    user = models.ForeignKey(User, models.CASCADE, related_name="watching")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "user"], name="watches_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.ticket_id}"
