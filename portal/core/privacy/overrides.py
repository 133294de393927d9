"""Counts what writers kept in spite of a warning: reason, place and number, never the text."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.core.models import ScreenOverride

# Field, kind of finding, reason.
Kept = tuple[str, str, str]


def count(form: str, kept: Iterable[Kept]) -> None:
    """Add to the day's numbers (Eastern)."""
    day = timezone.localdate()
    with transaction.atomic():
        for (field, kind, reason), times in sorted(Counter(kept).items()):
            row: dict[str, Any] = {
                "day": day,
                "form": form,
                "field": field,
                "kind": kind,
                "reason": reason,
            }
            ScreenOverride.objects.get_or_create(**row)
            ScreenOverride.objects.filter(**row).update(times=F("times") + times)
