"""Somebody who read a module suggests an edit of it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import roles
from portal.people.aliases import person_ids
from portal.people.models import Role, User
from training.models.module import ModulePage
from training.models.release import ModuleRelease


class EditSuggestionQuerySet(models.QuerySet["EditSuggestion"]):
    def open(self) -> Self:
        return self.filter(state=EditSuggestion.State.OPEN)

    def answered(self) -> Self:
        return self.exclude(state=EditSuggestion.State.OPEN)

    def made_by_person(self, user: User) -> Self:
        """Keep the own ones, those of merged accounts included."""
        return self.filter(made_by__in=person_ids(user))

    def to_answer_by(self, user: Any) -> Self:
        """Keep all for the manager and the review panel; for who works in the admin those of the
        own modules. `policies.can_answer_suggestion` agrees."""
        if roles.has(user, Role.MANAGER, Role.DEPUTY, Role.REVIEWER):
            return self
        if roles.may_open_cms(user):
            return self.filter(module__owner=user)
        return self.none()

    def visible_to(self, user: Any) -> Self:
        """Keep what is to answer and what one suggested oneself."""
        if not roles.is_member(user):
            return self.none()
        to_answer = self.to_answer_by(user).values("pk")
        return self.filter(Q(pk__in=to_answer) | Q(made_by__in=person_ids(user)))


class EditSuggestion(models.Model):
    """A screened suggestion, and what became of it. `lesson_id` is empty for the whole module."""

    class Kind(models.TextChoices):
        UNCLEAR = "unclear", _("Unclear")
        OUT_OF_DATE = "out_of_date", _("Out of date")
        WRONG = "wrong", _("Wrong")
        LANGUAGE = "language", _("Language")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Taken up")
        DECLINED = "declined", _("Not taken up")

    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    module = models.ForeignKey(ModulePage, models.CASCADE, related_name="suggestions")
    release = models.ForeignKey(ModuleRelease, models.PROTECT, null=True, related_name="+")
    lesson_id = models.CharField(max_length=36, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = EditSuggestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "made_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="suggestion_answer_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("suggestion", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
