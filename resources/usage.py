"""Recording that a resource was used."""

from typing import Any

from django.utils import timezone

from portal.people import roles
from resources.models.use import ResourceUse


def record(*, person: Any, page: Any) -> None:
    """Note the use once per person, page and day (America/New_York); nobody signed out counts."""
    if roles.is_member(person):
        use = ResourceUse(person=person, page_id=page.pk, day=timezone.localdate())
        ResourceUse.objects.bulk_create([use], ignore_conflicts=True)
