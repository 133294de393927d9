"""Pages of each audience: signed out, signed in without the right, with it; and no circle."""

import pytest
from django.test import Client
from django.utils.http import urlencode

from portal.people.audience import Audience, can_read, readable_by
from resources import policies
from resources.models import ResourcePage
from tests.resources.factories import make_resource
from tests.world import ACCOUNTS, World


def pages() -> dict[str, ResourcePage]:
    return {a: make_resource(f"A page for {a}", audience=a) for a in Audience.values}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_signed_in_a_page_is_there_or_it_is_not(world: World, account: str) -> None:
    client, user = Client(), world.people[account]
    client.force_login(user)
    for audience, page in pages().items():
        may = audience in readable_by(user)
        assert can_read(user, page) is may
        assert policies.can_read(user, page) is may
        assert (page in ResourcePage.objects.visible_to(user)) is may
        assert client.get(page.get_url()).status_code == (200 if may else 404), audience


def test_signed_out_a_page_that_is_not_public_leads_to_sign_in_and_back(
    world: World, client: Client
) -> None:
    for audience, page in pages().items():
        answer = client.get(page.get_url(), follow=True)
        if audience == Audience.PUBLIC:
            assert answer.redirect_chain == []
        else:
            wanted = urlencode({"next": page.get_url()})
            assert answer.redirect_chain == [(f"/accounts/login/?{wanted}", 302)]
        assert answer.status_code == 200


@pytest.mark.parametrize("account", ["member", "manager"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/cms/login/"])
def test_whoever_is_signed_in_is_led_in_no_circle(world: World, account: str, path: str) -> None:
    client = Client()
    client.force_login(world.people[account])
    answer = client.get(f"{path}?next={path}", follow=True)
    assert len(answer.redirect_chain) < 4
    assert answer.status_code in {200, 404}
