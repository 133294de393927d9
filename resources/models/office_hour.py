"""When coordinators can talk with the program's staff."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.validators import validate_screened


class OfficeHourQuerySet(models.QuerySet["OfficeHour"]):
    def coming(self) -> Self:
        """Keep what lies ahead (today included, America/New_York) and what recurs."""
        ahead = models.Q(day__gte=timezone.localdate())
        return self.filter(ahead | models.Q(day__isnull=True))


class OfficeHour(models.Model):
    """One hour on a day, or one that recurs and says so in words."""

    day = models.DateField(_("day"), null=True, blank=True, help_text=_("Empty when it recurs"))
    repeats = models.CharField(
        _("recurs"),
        max_length=80,
        blank=True,
        validators=[validate_screened],
        help_text=_("For example “first Tuesday of the month”"),
    )
    time = models.CharField(
        _("time"),
        max_length=60,
        validators=[validate_screened],
        help_text=_("For example “10 to 11 am”"),
    )
    place = models.CharField(_("place"), max_length=120, blank=True, validators=[validate_screened])
    url = models.URLField(_("online"), blank=True, help_text=_("The address of the call"))
    note = models.CharField(
        _("what it is about"), max_length=200, blank=True, validators=[validate_screened]
    )

    objects = OfficeHourQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day", "repeats", "pk"]
        verbose_name = _("office hour")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(day__isnull=False, repeats="")
                | (models.Q(day__isnull=True) & ~models.Q(repeats="")),
                name="office_hour_has_a_day_or_recurs",
                violation_error_message=_("Give a day, or say how it recurs, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day or self.repeats}, {self.time}"
