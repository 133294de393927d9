"""How allauth behaves here: nobody signs up without an invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation alone (portal.people.invitations)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
