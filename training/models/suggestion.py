"""Somebody who read a module suggests an edit of it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.people import roles
from portal.people.models import Role
from portal.people.suggesting import Suggestion, SuggestionQuerySet
from training.models.module import ModulePage
from training.models.release import ModuleRelease


class EditSuggestionQuerySet(SuggestionQuerySet):
    def to_answer_by(self, user: Any) -> Self:
        """Keep all for the manager and the review panel; for who works in the admin those of the
        own modules. `policies.can_answer_suggestion` agrees."""
        if roles.has(user, Role.MANAGER, Role.DEPUTY, Role.REVIEWER):
            return self
        if roles.may_open_cms(user):
            return self.filter(module__owner=user)
        return self.none()


class EditSuggestion(Suggestion):
    """A screened suggestion, and what became of it. `lesson_id` is empty for the whole module."""

    class Kind(models.TextChoices):
        UNCLEAR = "unclear", _("Unclear")
        OUT_OF_DATE = "out_of_date", _("Out of date")
        WRONG = "wrong", _("Wrong")
        LANGUAGE = "language", _("Language")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        OTHER = "other", _("Something else")

    module = models.ForeignKey(ModulePage, models.CASCADE, related_name="suggestions")
    release = models.ForeignKey(ModuleRelease, models.PROTECT, null=True, related_name="+")
    lesson_id = models.CharField(max_length=36, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()

    objects = EditSuggestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "made_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Suggestion.IS_WHOLE, name="suggestion_answer_is_whole")
        ]

    def get_absolute_url(self) -> str:
        return reverse("suggestion", args=[self.pk])
