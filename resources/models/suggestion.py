"""Somebody who read a page suggests an edit of it, or asks for it in another format."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.people import roles
from portal.people.suggesting import Suggestion, SuggestionQuerySet


class PageSuggestionQuerySet(SuggestionQuerySet):
    def to_answer_by(self, user: Any) -> Self:
        """Keep all for the manager; for who works in the admin those about the own pages.

        `policies.can_answer_suggestion` agrees.
        """
        if roles.is_manager(user):
            return self
        return self.filter(page__kept_by=user) if roles.may_open_cms(user) else self.none()


class PageSuggestion(Suggestion):
    """A screened suggestion about a page of the library, and what became of it."""

    class Kind(models.TextChoices):
        UNCLEAR = "unclear", _("Unclear")
        OUT_OF_DATE = "out_of_date", _("Out of date")
        WRONG = "wrong", _("Wrong")
        LANGUAGE = "language", _("Language")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        OTHER = "other", _("Something else")
        FORMAT = "format", _("Another format")

    class Format(models.TextChoices):
        LARGE_PRINT = "large_print", _("Large print")
        SCREEN_READER = "screen_reader", _("A file for a screen reader")
        BRAILLE = "braille", _("Braille")
        AUDIO = "audio", _("Audio")
        EASY_READ = "easy_read", _("Easy to read")
        TRANSLATION = "translation", _("Another language")
        PAPER = "paper", _("On paper")
        OTHER = "other", _("Something else")

    page = models.ForeignKey("resources.ResourcePage", models.CASCADE, related_name="suggestions")
    version = models.CharField(max_length=20, help_text="Which version was read")
    kind = models.CharField(max_length=20, choices=Kind)
    wanted = models.CharField(max_length=20, choices=Format, blank=True)
    text = models.TextField(blank=True)

    objects = PageSuggestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "made_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Suggestion.IS_WHOLE, name="page_suggestion_answer_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(kind="format") & ~Q(wanted="") | ~Q(kind="format") & Q(wanted=""),
                name="page_suggestion_names_its_format",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("page_suggestion", args=[self.pk])

    @property
    def is_about_format(self) -> bool:
        return self.kind == self.Kind.FORMAT
