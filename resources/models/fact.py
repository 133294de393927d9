"""Facts and figures: a number is shown with its source, or not at all."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.validators import validate_screened
from portal.people import roles

STALE_AFTER = timedelta(days=365)


class FactQuerySet(models.QuerySet["Fact"]):
    def visible_to(self, user: Any) -> Self:
        return self if roles.is_member(user) else self.none()

    def to_check(self) -> Self:
        """Keep what nobody has checked for a year. `Fact.must_check` is the same rule for one."""
        old = models.Q(checked_on__lt=timezone.localdate() - STALE_AFTER)
        return self.filter(old | models.Q(checked_on=None))


class Fact(models.Model):
    """One statement with its figure, where it stands, and when somebody last looked there."""

    statement = models.TextField(
        _("statement"), validators=[validate_screened], help_text=_("As the source says it")
    )
    figure = models.CharField(
        _("figure"), max_length=60, validators=[validate_screened], help_text=_("As it is printed")
    )
    source = models.CharField(_("source"), max_length=200, validators=[validate_screened])
    url = models.URLField(_("address of the source"), max_length=300, blank=True)
    source_date = models.CharField(
        _("date of the source"),
        max_length=60,
        blank=True,
        validators=[validate_screened],
        help_text=_("As exact as it is known: a day, a year, a fiscal year"),
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = _("fact")
        verbose_name_plural = _("facts and figures")

    def __str__(self) -> str:
        return self.statement[:80]

    @property
    def must_check(self) -> bool:
        if self.checked_on is None:
            return True
        return self.checked_on < timezone.localdate() - STALE_AFTER
