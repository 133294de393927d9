"""An agency's single sign-on: opens what is invited or joined, makes nothing, steals nothing."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from portal.core.models import Event
from portal.people import invitations, leaving
from portal.people.models import Center, User
from tests.people.signing import confirm
from tests.world import World

CLAIMS: dict[str, Any] = {}


class Provider(BaseHTTPRequestHandler):
    """As much of an OpenID Connect provider as a sign-in asks for."""

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        if self.path.endswith("/.well-known/openid-configuration"):
            self._say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                }
            )
        else:
            self._say(CLAIMS)

    def do_POST(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        said = {**CLAIMS, "iss": base, "aud": "portal", "exp": 9_999_999_999, "iat": 1}
        token = jwt.encode(said, "a secret of the provider, long enough", algorithm="HS256")
        self._say({"access_token": "opaque", "token_type": "Bearer", "id_token": token})

    def _say(self, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def agency(settings: Any) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.OIDC_SERVER_URL = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_DOMAINS = ["example.org"]
    app = {
        "provider_id": "agency",
        "name": "The agency",
        "client_id": "portal",
        "secret": "word",
        "settings": {"server_url": settings.OIDC_SERVER_URL},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def come(email: str, *, verified: bool = True, sub: str = "one") -> Client:
    """Sign in through the agency as the person of this address."""
    CLAIMS.clear()
    CLAIMS.update({"sub": sub, "email": email, "email_verified": verified, "name": "A B"})
    client = Client()
    away = client.post("/accounts/oidc/agency/login/")
    assert away.status_code == 302, away.content[:500]
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    client.get("/accounts/oidc/agency/login/callback/", {"code": "c", "state": asked["state"][0]})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_who_has_joined_comes_in(world: World, agency: None) -> None:
    confirm(world.member)
    assert is_in(come(world.member.email))
    assert Event.objects.filter(kind="signin.done", actor_id=world.member.pk).exists()
    assert SocialAccount.objects.get().user == world.member


def test_who_is_invited_joins_and_attests_first(world: World, agency: None) -> None:
    invitations.invite(
        email="new@example.org",
        first_name="N",
        last_name="Ew",
        center=Center.objects.get(slug="essex"),
        discipline=None,
        by=world.coordinator,
    )
    client = come("new@example.org")
    assert is_in(client)
    assert User.objects.get(email="new@example.org").has_joined
    assert client.get("/")["Location"].startswith("/me/attest/")


@pytest.mark.parametrize("email", ["stranger@example.org", "roster.only@example.org"])
def test_nobody_else_gets_an_account(world: World, agency: None, email: str) -> None:
    User.objects.create_user("roster.only@example.org", first_name="R", last_name="O")
    before = User.objects.count()
    assert not is_in(come(email))
    assert User.objects.count() == before
    assert not User.objects.get(email="roster.only@example.org").has_joined


def test_an_address_that_the_agency_does_not_vouch_for_opens_nothing(
    world: World, agency: None
) -> None:
    confirm(world.member)
    assert not is_in(come(world.member.email, verified=False))
    assert not SocialAccount.objects.exists()


def test_an_address_of_another_domain_is_not_the_agencys_to_vouch_for(
    world: World, agency: None, settings: Any
) -> None:
    confirm(world.member)
    settings.OIDC_DOMAINS = ["elsewhere.example.com"]
    assert not is_in(come(world.member.email))


def test_who_has_left_stays_out(world: World, agency: None) -> None:
    confirm(world.member)
    assert is_in(come(world.member.email))
    leaving.leave(world.member, by=world.coordinator)
    assert not is_in(come(world.member.email))


def test_a_second_step_is_asked_for_all_the_same(world: World, agency: None) -> None:
    confirm(world.member)
    Authenticator.objects.create(user=world.member, type="totp", data={"secret": "x"})
    assert not is_in(come(world.member.email))


def test_no_token_of_the_agency_is_kept(world: World, agency: None) -> None:
    confirm(world.member)
    come(world.member.email)
    assert not SocialToken.objects.exists()


def test_without_the_setting_there_is_no_such_way(world: World, client: Client) -> None:
    assert "agency" not in client.get("/accounts/login/").content.decode().lower().replace(
        "your agency gave", ""
    )
    assert client.post("/accounts/oidc/agency/login/").status_code == 404
