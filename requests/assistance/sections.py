"""Who may enter: signed out leads to signing in, the wrong role to 404."""

from django.http import HttpRequest

from assistance import policies
from portal.people.models import User
from portal.people.sections import only


class SignedIn(HttpRequest):
    """A request that passed one of the decorators below."""

    user: User


readers = only(policies.can_enter)
writers = only(policies.can_create)
staff = only(policies.is_staff)
keepers = only(policies.can_keep_desk)
