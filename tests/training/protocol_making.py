"""Protocols for tests: Essex, adopted a year ago, to be reviewed in a year."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.people.models import Center, User
from training import protocols
from training.models import ProtocolVersion


def make_version(
    by: User, *, center: str = "essex", adopted: int = -365, review: int = 365, **said: Any
) -> ProtocolVersion:
    """`adopted` and `review` are days from today."""
    today = timezone.localdate()
    return protocols.record(
        Center.objects.get(slug=center),
        by=by,
        **{
            "version": "1.0",
            "adopted_on": today + timedelta(days=adopted),
            "review_by": today + timedelta(days=review),
            **said,
        },
    )
