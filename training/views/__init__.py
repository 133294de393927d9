"""What learners and their coordinators open. Every view here but `verify` is behind sign-in."""

from django.http import HttpRequest

from portal.people.models import User


class SignedIn(HttpRequest):
    """A request behind sign-in: its user is a person."""

    user: User
