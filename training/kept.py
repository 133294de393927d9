"""What is counted of a whole roster is kept for some minutes: it would be read for every page."""

import hashlib
from typing import Any

from django.db.models import QuerySet

KEPT = 300  # seconds


def key_of(name: str, rows: QuerySet[Any], *more: object) -> str:
    """Return the cache's key of something that was counted of just these rows, seen by anybody."""
    said = repr([str(rows.query), *more])
    return f"{name}.{hashlib.sha256(said.encode()).hexdigest()}"
