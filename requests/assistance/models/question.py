"""A member's question to the coordinators of the own center."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assistance.lifecycle import State
from assistance.models.ticket import Ticket
from portal.people import roles
from portal.people.models import Center, User


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> Self:
        """Keep what waits for an answer; of one whose text was removed there is none to give."""
        return self.filter(answered_at__isnull=True).exclude(body="")

    def asked_by(self, user: Any) -> Self:
        return self.filter(asker=user)

    def to_answer_by(self, user: Any) -> Self:
        """Keep what is put to this person: of the centers coordinated today, or to the manager."""
        if roles.is_manager(user):
            return self
        if not roles.is_coordinator(user):
            return self.none()
        return self.filter(center__in=sorted(roles.centers_of(user)))

    def visible_to(self, user: Any) -> Self:
        """Keep the own questions and those to answer. `policies.can_see_question` agrees."""
        if not roles.is_member(user):
            return self.none()
        if roles.is_manager(user):
            return self
        seen = Q(asker=user)
        if roles.is_coordinator(user):
            seen |= Q(center__in=sorted(roles.centers_of(user)))
        return self.filter(seen)


class Question(models.Model):
    """A screened question. Without a center it is the manager's (statewide people ask those)."""

    asker = models.ForeignKey(User, models.PROTECT, related_name="questions")
    center = models.ForeignKey(Center, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=140)
    body = models.TextField()
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ticket = models.ForeignKey(
        Ticket, models.SET_NULL, null=True, related_name="questions", help_text="Sent on as"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="question_answer_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("assistance:question", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_sent_on(self) -> bool:
        """Say whether it stands as a request by now; a draft does not count yet."""
        return self.ticket is not None and self.ticket.state != State.DRAFT
