"""Help lines, verified by hand: hotline facts rot."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.core.privacy.validators import validate_screened

STALE_AFTER = timedelta(days=90)


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    def stale(self) -> Self:
        """Keep the lines that nobody has verified for 90 days, or ever. `is_stale` is the same."""
        old = models.Q(verified_on__lt=timezone.localdate() - STALE_AFTER)
        return self.filter(old | models.Q(verified_on=None))


class HelpLine(models.Model):
    """A public line, shown in the footer, at the end of a module and beside a request."""

    class Group(models.TextChoices):
        CHILD = "child", "If a child may be in danger"
        YOU = "you", "For you"

    label = models.CharField(max_length=120, validators=[validate_screened])
    number = models.CharField(max_length=40, help_text="As it should be read: 1-800-792-5200")
    dial = models.CharField(max_length=20, blank=True, help_text="Digits for a phone link")
    text = models.CharField(
        validators=[validate_screened],
        max_length=200,
        blank=True,
        help_text="What it is for, in one sentence",
    )
    hours = models.CharField(max_length=80, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=10, choices=Group)
    order = models.PositiveSmallIntegerField(default=0)
    source_url = models.URLField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["group", "order"]

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

    @property
    def is_stale(self) -> bool:
        return self.verified_on is None or self.verified_on < timezone.localdate() - STALE_AFTER
