"""Closures, the targets of the clocks, lead times by type: data that the manager keeps."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.models.choices import RequestType, Urgency
from portal.core.privacy.validators import validate_screened


class Closure(models.Model):
    """A day on which the office is closed beyond the holidays of the Commonwealth: no clock runs.

    Days are in America/New_York.
    """

    day = models.DateField(_("day"), unique=True)
    label = models.CharField(_("why"), max_length=80, validators=[validate_screened])

    class Meta:
        ordering: ClassVar = ["day"]
        verbose_name = _("closure")

    def __str__(self) -> str:
        return f"{self.day}: {self.label}"


class Target(models.Model):
    """By when a first reply and an answer are due, in minutes of business time (a day has 480)."""

    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, unique=True)
    first_minutes = models.PositiveIntegerField(
        _("business minutes to the first reply"),
        validators=[MinValueValidator(30), MaxValueValidator(9600)],
    )
    answer_minutes = models.PositiveIntegerField(
        _("business minutes to the answer"),
        validators=[MinValueValidator(60), MaxValueValidator(48000)],
        help_text=_("Time spent waiting on the requester does not count."),
    )

    class Meta:
        ordering: ClassVar = ["first_minutes"]
        verbose_name = _("target of the clocks")
        verbose_name_plural = _("targets of the clocks")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer_minutes__gte=models.F("first_minutes")),
                name="answer_is_not_due_before_the_first_reply",
            )
        ]

    def __str__(self) -> str:
        return self.get_urgency_display()


class TypeNote(models.Model):
    """How long a type of request usually needs, in business days; said while somebody asks."""

    type = models.CharField(_("type"), max_length=12, choices=RequestType, unique=True)
    lead_days = models.PositiveSmallIntegerField(
        _("business days it usually needs"), validators=[MaxValueValidator(120)]
    )
    note = models.CharField(_("note"), max_length=160, blank=True, validators=[validate_screened])

    class Meta:
        ordering: ClassVar = ["type"]
        verbose_name = _("lead time")
        verbose_name_plural = _("lead times")

    def __str__(self) -> str:
        return self.get_type_display()
