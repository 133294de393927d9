"""The log of forums and advocacy: where the program spoke for the work."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.people import roles

MOST_PEOPLE = 100_000


class ForumQuerySet(models.QuerySet["Forum"]):
    def visible_to(self, user: Any) -> Self:
        """Keep all for the manager, none for anybody else."""
        return self if roles.is_manager(user) else self.none()

    def totals(self) -> dict[str, int]:
        """Return how many there are, and how many listened where somebody counted."""
        found = self.order_by().aggregate(
            forums=models.Count("pk"),
            people=models.Sum("audience", default=0),
            counted=models.Count("audience"),
        )
        return {**found, "uncounted": found["forums"] - found["counted"]}


class Forum(models.Model):
    """One presentation, testimony, briefing or task force. Who listened is a number, no names."""

    class Level(models.TextChoices):
        LOCAL = "local", _("Local")
        STATE = "state", _("State")
        NATIONAL = "national", _("National")

    class Kind(models.TextChoices):
        PRESENTATION = "presentation", _("Presentation")
        TESTIMONY = "testimony", _("Testimony")
        BRIEFING = "briefing", _("Briefing")
        TASK_FORCE = "task_force", _("Task force")

    happened_on = models.DateField()
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=160)
    audience = models.PositiveIntegerField(null=True, help_text="How many listened, where known")
    funding = models.CharField(max_length=8, choices=Funding)
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-happened_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-happened_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(level__in=["local", "state", "national"])
                & models.Q(kind__in=["presentation", "testimony", "briefing", "task_force"])
                & models.Q(funding__in=Funding.values),
                name="forum_choices_known",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__isnull=True)
                | models.Q(audience__gte=1, audience__lte=MOST_PEOPLE),
                name="forum_audience_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"Forum {self.pk}"
