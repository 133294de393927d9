"""Signing in as a person does, with a confirmed address and a password."""

from allauth.account.models import EmailAddress
from django.test import Client

from portal.people.models import User

PASSWORD = "a long test password"


def confirm(user: User) -> None:
    defaults = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=defaults)


def sign_in(user: User, client: Client | None = None, **headers: str) -> Client:
    """Return a client that is signed in through the page."""
    confirm(user)
    client = client or Client()
    data = {"login": user.email, "password": PASSWORD}
    answer = client.post("/accounts/login/", data, headers=headers or None)
    assert answer.status_code == 302, answer.content[:500]
    return client
