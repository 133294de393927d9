"""`manage.py reset_sign_in EMAIL`: for whoever lost every way in and nobody else can help."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.core import events
from portal.people import leaving
from portal.people.models import KnownDevice, User


class Command(BaseCommand):
    help = (
        "Make the password useless, end every session and remove every second step of one person. "
        "They then choose a new password by mail. Call the person back first, on a known number."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if user is None or not user.has_joined:
            raise CommandError("Nobody with this address has an account that works today.")
        user.set_unusable_password()
        user.save(update_fields=["password"])
        sessions = leaving.end_sessions(user)
        for model in (Authenticator, SocialAccount, KnownDevice):
            model.objects.filter(user=user).delete()
        events.record("signin.reset", actor=None, subject=user)
        self.stdout.write(f"{sessions} sessions ended. The person asks for a new password:")
        self.stdout.write("/accounts/password/reset/")
