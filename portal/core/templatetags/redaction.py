"""What people read of a text of which something may be hidden or removed."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.conf import settings

from portal.core.models import Redaction
from portal.core.redaction import showing

register = template.Library()


@register.filter
def words(row: Any, field: str) -> str:
    """Return a field's text as everybody may read it: `{{ message|words:"text" }}`."""
    return showing.words(row, field) if row is not None else ""


@register.filter
def backups_until(row: Redaction) -> datetime | None:
    """Return when the last backup that holds what was removed has aged out."""
    kept = timedelta(days=settings.BACKUP_KEPT_DAYS)
    return row.agreed_at + kept if row.agreed_at else None
