"""How allauth behaves here: by invitation only, mail through the outbox, secrets encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import SignupClosedException
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.core import events
from portal.people import account_mail, invitations
from portal.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation alone (portal.people.invitations)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Ask the outbox: a mail server that is slow tells nobody which addresses have accounts."""
        account_mail.queue(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        account_mail.queue_notice(template_prefix, user, email)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Nobody comes in who has not joined: the invitation is the way, with its attestation."""
        if not user.has_joined:
            return redirect("account_signup")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record that somebody failed; whom it was about, when there is such a person."""
        super().authentication_failed(request, **credentials)
        email = str(credentials.get("email") or "").lower()
        found = EmailAddress.objects.filter(email=email).values_list("user_id", flat=True).first()
        subject = User.objects.filter(pk=found).first() if found else None
        events.record("signin.failed", actor=None, subject=subject)


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted with keys of their own (MFA_KEYS)."""

    def encrypt(self, text: str) -> str:
        return fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. ValidationError when no key of ours opens it."""
        try:
            return fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise ValidationError("MFA_KEYS does not hold the key of this secret.") from error


def fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.MFA_KEYS])


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An agency's single sign-on opens the account of an invited person, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody invited joins by the agency's sign-on; nobody else who has not joined comes in.

        allauth has found the person already, by the account or by the address, and would save what
        it read before the joining; so the person is read anew.
        """
        for address in sociallogin.email_addresses:
            if _is_vouched_for(address):
                invitations.join_by_agency(address.email)
        if sociallogin.user.pk is None:
            return
        person = User.objects.get(pk=sociallogin.user.pk)
        if not (person.has_joined and person.is_active):
            raise SignupClosedException
        sociallogin.user = person

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        vouched = {a.email.lower() for a in login.email_addresses if _is_vouched_for(a)}
        return email.lower() in vouched


def _is_vouched_for(address: EmailAddress) -> bool:
    """An agency vouches for the addresses of its own domains, and says so with a plain true."""
    domain = address.email.rpartition("@")[2].lower()
    return address.verified is True and domain in settings.OIDC_DOMAINS
