"""The link under a mail that stops its class: signed, single-purpose, for 90 days (RFC 8058)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.core import mail_registry
from portal.core.mail_registry import MailClass
from portal.people.models import User

SALT = "people.mail_off"
VALID_FOR = timedelta(days=90)


class LinkClosed(Exception):
    """The link is too old, is not ours, or its person is gone."""


def address(user: User, keys: Iterable[str]) -> str:
    """Return the whole address; made anew for each mail, stored nowhere."""
    token = signing.dumps([user.pk, sorted(set(keys))], salt=SALT)
    return f"{settings.BASE_URL}{reverse('mail_off', args=[token])}"


def find(token: str) -> tuple[User, list[MailClass]]:
    """Return whose mail of which classes a link stops. LinkClosed otherwise."""
    try:
        pk, keys = signing.loads(token, salt=SALT, max_age=VALID_FOR)
        user = User.objects.get(pk=pk, is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise LinkClosed from error
    return user, [each for each in mail_registry.optional() if each.key in keys]
