"""Who may read what of the library. The same rule stands as `visible_to` on the models."""

from typing import Any

from portal.people import audience, roles
from resources.models import ResourcePage


def can_read(user: Any, page: ResourcePage) -> bool:
    """A live page whose audience the person belongs to."""
    return bool(page.live) and audience.can_read(user, page)


def can_see_directory(user: Any) -> bool:
    return roles.is_member(user)
