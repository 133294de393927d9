"""One way in, one way out, and no loop between them."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client, override_settings

from tests.world import ACCOUNTS, World

CMS = {"author", "reviewer", "manager", "deputy"}


def confirm(user: object) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)  # type: ignore[attr-defined]


def test_a_member_signs_in_and_comes_back_to_the_page(world: World, client: Client) -> None:
    confirm(world.member)
    data = {"login": world.member.email, "password": "a long test password"}
    answer = client.post("/accounts/login/?next=/me/transcript/", data)
    assert (answer.status_code, answer["Location"]) == (302, "/me/transcript/")


def test_who_has_not_joined_cannot_sign_in(world: World, client: Client) -> None:
    world.member.set_unusable_password()
    world.member.save()
    data = {"login": world.member.email, "password": "!"}
    assert client.post("/accounts/login/", data).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_admin_opens_to_its_roles_and_is_not_there_for_others(
    world: World, account: str
) -> None:
    client = Client()
    client.force_login(world.people[account])
    assert client.get("/cms/").status_code == (200 if account in CMS else 404)
    assert client.get("/cms/login/").status_code == 404


def test_signed_out_the_admin_leads_to_the_one_sign_in_page(client: Client, db: None) -> None:
    answer = client.get("/cms/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert answer.status_code == 200


def test_the_admins_sign_in_never_leads_to_another_host(client: Client, db: None) -> None:
    answer = client.get("/cms/login/?next=https://elsewhere.example.org/")
    assert answer["Location"] == "/accounts/login/?next=/cms/"


def test_a_role_that_must_have_a_second_factor_is_led_to_it(world: World) -> None:
    with override_settings(MFA_REQUIRED_ROLES=["manager"]):
        client = Client()
        client.force_login(world.manager)
        assert client.get("/resources/")["Location"] == "/accounts/2fa/"
        assert client.get("/accounts/2fa/").status_code in {200, 302}
        client.force_login(world.member)
        assert client.get("/").status_code == 200


def test_leaving_ends_the_session_and_clears_the_browser(world: World, client: Client) -> None:
    client.force_login(world.member)
    answer = client.get("/leave/")
    assert (answer.status_code, answer["Location"]) == (302, "https://www.weather.gov/")
    assert "cookies" in answer["Clear-Site-Data"]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("header", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}])
def test_leaving_is_deaf_to_prefetch(world: World, client: Client, header: dict[str, str]) -> None:
    client.force_login(world.member)
    assert client.get("/leave/", headers=header).status_code == 204
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("path", ["/", "/privacy/"])
def test_signed_in_pages_are_kept_nowhere(world: World, client: Client, path: str) -> None:
    client.force_login(world.member)
    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/privacy/", "/accounts/login/", "/no-such-page/", "/cms/"])
def test_every_page_has_a_content_security_policy(world: World, client: Client, path: str) -> None:
    client.force_login(world.manager)
    assert "default-src" in client.get(path)["Content-Security-Policy"]


def test_our_pages_allow_no_inline_script_and_the_admin_no_eval(
    world: World, client: Client
) -> None:
    client.force_login(world.manager)
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]
    assert "unsafe-eval" not in client.get("/cms/")["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/ask/", "/requests/new/"])
def test_what_was_typed_comes_back_when_the_session_has_ended(
    client: Client, db: None, path: str
) -> None:
    answer = client.post(path, {"subject": "A long thought about agendas"})
    assert answer.status_code == 403
    assert "A long thought about agendas" in answer.content.decode()
