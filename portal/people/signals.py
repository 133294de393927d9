"""Keep the cached roles of an instance honest within a request."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.people import roles
from portal.people.models import CoordinatorAssignment, RoleGrant


@receiver([post_save, post_delete], sender=RoleGrant)
@receiver([post_save, post_delete], sender=CoordinatorAssignment)
def forget_roles(sender: Any, instance: RoleGrant | CoordinatorAssignment, **kwargs: Any) -> None:
    roles.forget(instance.user)
