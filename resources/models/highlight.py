"""Highlights: what went well, told without anybody who could be identified."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import roles
from portal.people.models import Role


class HighlightQuerySet(models.QuerySet["Highlight"]):
    def visible_to(self, user: Any) -> Self:
        """Keep the published ones for a member; all for who may be the second person."""
        if roles.has(user, Role.MANAGER, Role.DEPUTY, Role.SPECIALIST):
            return self
        return self.published() if roles.is_member(user) else self.none()

    def published(self) -> Self:
        return self.filter(state=Highlight.State.PUBLISHED)

    def waiting(self) -> Self:
        return self.filter(state=Highlight.State.WAITING)

    def with_people(self) -> Self:
        return self.select_related("author", "approved_by", "center")


# What whoever writes a highlight has looked for. Each is a column and a box to tick.
CHECKS = {
    "has_no_names": _("It names no young person, relative or caregiver, not by initials either"),
    "has_no_story": _("It is about how a team works, not about one young person or one case"),
    "has_no_places": _("It names no town, school or street; a county at most"),
    "has_no_days": _("It gives no exact day of anything that happened to somebody"),
    "has_no_small_numbers": _("No number in it is so small that it points to one person"),
    "is_agreed": _("The team it speaks of has read it and agrees"),
}
ALL_CHECKED = Q(**dict.fromkeys(CHECKS, True))


class Highlight(models.Model):
    """One success. Published only with every box ticked and a second person's approval."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waits for a second person")
        PUBLISHED = "published", _("Published")

    title = models.CharField(max_length=120)
    text = models.TextField()
    center = models.ForeignKey("people.Center", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")

    has_no_names = models.BooleanField(default=False)
    has_no_story = models.BooleanField(default=False)
    has_no_places = models.BooleanField(default=False)
    has_no_days = models.BooleanField(default=False)
    has_no_small_numbers = models.BooleanField(default=False)
    is_agreed = models.BooleanField(default=False)

    author = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    remark = models.CharField(max_length=300, blank=True, help_text="Why it came back")
    approved_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft") | ALL_CHECKED, name="highlight_is_checked"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(approved_by__isnull=False, published_at__isnull=False),
                name="published_highlight_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="highlight_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "waiting", "published"]),
                name="highlight_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Highlight {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("highlight", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def checks(self) -> dict[str, bool]:
        return {name: getattr(self, name) for name in CHECKS}
