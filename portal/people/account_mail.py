"""Mails of the account (password, address, second factor), through the outbox.

No link and no code is kept: the row holds the person and the kind, and the link is made when the
mail is sent. So a reset asked for an unknown address takes as long as one for a known one, and a
stolen database opens no account.
"""

import secrets
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, get_emailconfirmation_model
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from portal.core import mail_registry, outbox
from portal.core.models import Effect
from portal.people.mailing import sending
from portal.people.models import User

# What allauth calls its mails -> our template. Notices end in the same one: something changed.
LINKS = {
    "account/email/password_reset_key": "password_reset",
    "account/email/email_confirmation": "email_confirm",
    "account/email/email_confirmation_signup": "email_confirm",
}
SILENT = frozenset({"account/email/unknown_account", "account/email/account_already_exists"})


class UnknownMail(Exception):
    """allauth wants to send a mail that nobody has written words for."""


def queue(prefix: str, email: str, context: dict[str, Any]) -> None:
    """Ask for one mail with a link. UnknownMail for a kind that has no words here."""
    if prefix in SILENT:
        return
    if prefix not in LINKS:
        raise UnknownMail(prefix)
    user = context.get("user")
    if not isinstance(user, User) or not (user.has_joined and user.is_active):
        return  # who was invited joins by the invitation, not by a new password
    address = EmailAddress.objects.filter(user=user, email__iexact=email).first()
    if address is not None:
        _add(LINKS[prefix], user.pk, {"address": address.pk})


def queue_notice(prefix: str, user: User, email: str | None) -> None:
    """Tell a person that something about the account changed; `email` may be a former address."""
    to: dict[str, int | str] = {"former": email} if email and email.lower() != user.email else {}
    _add(_notice(prefix), user.pk, to)


def _add(template: str, user_id: int, more: dict[str, int | str]) -> None:
    payload = {"user": user_id, "template": template, **more}
    subject = f"{template}:{user_id}"
    outbox.add("account.mail", subject, bucket=secrets.token_hex(8), payload=payload)


def _notice(prefix: str) -> str:
    """Return the template that says what changed. Each is a word of allauth's own template."""
    name = prefix.rsplit("/", 1)[-1]
    if name not in NOTICES:
        raise UnknownMail(prefix)
    return NOTICES[name]


NOTICES = {
    "password_changed": "password_changed",
    "password_reset": "password_changed",
    "password_set": "password_changed",
    "email_changed": "email_changed",
    "email_confirm": "email_changed",
    "email_deleted": "email_changed",
    "recovery_codes_generated": "second_step_changed",
    "totp_activated": "second_step_changed",
    "totp_deactivated": "second_step_changed",
    "webauthn_added": "second_step_changed",
    "webauthn_removed": "second_step_changed",
    "account_connected": "agency_sign_on_changed",
    "account_disconnected": "agency_sign_on_changed",
}

mail_registry.put("account", *LINKS.values(), *NOTICES.values())


@outbox.handler("account.mail")
def send(effect: Effect) -> None:
    """Send it, unless the person has left since."""
    user = User.objects.filter(pk=effect.payload["user"], is_active=True).first()
    if user is None:
        return
    template, to = effect.payload["template"], effect.payload.get("former") or user.email
    context: dict[str, str | int] = {"path": "/accounts/2fa/"}
    if template == "password_reset":
        context["path"] = reset_path(user)
    elif template == "email_confirm":
        address = EmailAddress.objects.filter(pk=effect.payload["address"], user=user).first()
        if address is None:
            return
        to, context["path"] = address.email, confirm_path(address)
    sending.send(effect, user, template, context, to=to)


def reset_path(user: User) -> str:
    """Return the address that sets a new password; it holds for an hour and for one use."""
    args = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return reverse("account_reset_password_from_key", args=args)


def confirm_path(address: EmailAddress) -> str:
    confirmation = get_emailconfirmation_model().create(address)
    return reverse("account_confirm_email", args=[confirmation.key])
