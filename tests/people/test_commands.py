"""The two commands for what nobody can do on a page."""

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from portal.core.models import Event
from portal.people import roles
from portal.people.models import User
from tests.people.signing import sign_in
from tests.world import World

PASSWORD = "seven quiet herons"


def test_the_first_manager_joins_by_a_link_and_there_is_no_second(db: None) -> None:
    out = io.StringIO()
    call_command("first_manager", "boss@example.org", "Bo", "Ss", stdout=out)
    link = re.search(r"(/accounts/invitation/\S+/)", out.getvalue())
    assert link
    client = Client()
    data = {"attests": "on", "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(link[1], data).status_code == 302
    assert client.get("/reports/").status_code == 200
    user = User.objects.get(email="boss@example.org")
    assert roles.is_manager(user)
    assert not user.is_superuser
    with pytest.raises(CommandError, match="There is a manager already"):
        call_command("first_manager", "other@example.org", "O", "T", stdout=out)
    with pytest.raises(CommandError):
        call_command("first_manager", "me@gmail.com", "O", "T", stdout=out)


def test_a_reset_ends_every_way_in_and_is_an_event(world: World) -> None:
    client = sign_in(world.manager)
    Authenticator.objects.create(user=world.manager, type="totp", data={"secret": "x"})
    call_command("reset_sign_in", world.manager.email, stdout=io.StringIO())
    assert client.get("/reports/").status_code == 302
    assert not Authenticator.objects.exists()
    assert not User.objects.get(pk=world.manager.pk).has_usable_password()
    assert Event.objects.filter(kind="signin.reset", subject_id=str(world.manager.pk)).exists()
    with pytest.raises(CommandError):
        call_command("reset_sign_in", "nobody@example.org", stdout=io.StringIO())
