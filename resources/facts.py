"""Saying that a fact was looked up again."""

from django.db import transaction
from django.utils import timezone

from portal.core import events
from portal.people.models import User
from resources import policies
from resources.models import Fact
from resources.policies import NotAllowed


@transaction.atomic
def check(fact: Fact, *, by: User) -> Fact:
    """Say that the source still says it today (America/New_York). NotAllowed by policy."""
    row = Fact.objects.select_for_update().get(pk=fact.pk)
    if not policies.can_verify(by):
        raise NotAllowed
    row.checked_on, row.checked_by = timezone.localdate(), by
    row.save(update_fields=["checked_on", "checked_by"])
    events.record("resources.fact_checked", actor=by, subject=row)
    return row
