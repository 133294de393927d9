"""Facts that hold from one day to another."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

_day: ContextVar[date | None] = ContextVar("day", default=None)


@contextmanager
def as_of(day: date) -> Iterator[None]:
    """Let `active` mean a day within: for a statement that is prepared with its day."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


class DatedQuerySet(models.QuerySet[Any]):
    def current_and_coming(self) -> Self:
        """Keep what holds today or will hold."""
        today = timezone.localdate()
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today))

    def active(self, on: date | None = None) -> Self:
        """Keep what holds on a day (default today, America/New_York); both ends are included."""
        day = on or _day.get() or timezone.localdate()
        return self.filter(starts_on__lte=day).filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day)
        )


def end_dated(rows: Any) -> int:
    """End dated rows with yesterday as the last day; what has not begun before never was.

    Return how many rows that touched. What ended already stays as it is.
    """
    today = timezone.localdate()
    gone, _by_model = rows.filter(starts_on__gte=today).delete()
    ended = rows.active().update(ends_on=today - timedelta(days=1))
    return int(gone + ended)


class Dated(models.Model):
    """A row with a first and, once known, a last day."""

    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(
        null=True, blank=True, help_text="The last day; empty while it holds"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]

    def is_active(self, on: date | None = None) -> bool:
        day = on or timezone.localdate()
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
