"""`manage.py first_manager EMAIL FIRST LAST`: the one account that nobody can invite."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from portal.people import agencies, grants, invitations, scope
from portal.people.models import Role, User


class Command(BaseCommand):
    help = "Make the first program manager and print the link to join; refused once there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")

    @transaction.atomic
    def handle(self, *, email: str, first_name: str, last_name: str, **options: Any) -> None:
        if scope.managers().exists():
            raise CommandError("There is a manager already, who invites people and gives roles.")
        try:
            validate_email(email)
            agencies.validate_work_email(email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user, _made = User.objects.get_or_create(
            email=email.lower(),
            defaults={
                "first_name": first_name,
                "last_name": last_name,
                "is_statewide": True,
                "password": "!",
            },
        )
        grants.grant(user, Role.MANAGER, by=None)
        if invitations.is_in(user):
            self.stdout.write(f"{user.email} has the manager's role from now on.")
            return
        invitation = invitations.again(user, by=None)
        path = f"/accounts/invitation/{invitations.token(invitation)}/"
        self.stdout.write(
            f"Open this page within 14 days, it works once: {settings.BASE_URL}{path}"
        )
