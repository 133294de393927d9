"""The frame around every page, and the pages that stand in it."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.core import mail
from portal.core.models import DemoMark
from portal.people import context
from portal.people.models import HelpLine
from tests.world import World

PUBLIC = ["/", "/privacy/", "/accessibility/", "/whats-new/", "/accounts/login/", "/no-such-page/"]


class Stops(HTMLParser):
    """Collects what the keyboard stops at, in order, and whatever a strict policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.stops: list[dict[str, str | None]] = []
        self.inline: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        if tag in {"a", "button", "input", "select", "textarea", "summary"}:
            self.stops.append(have)
        if tag == "style" or "style" in have or any(name.startswith("on") for name in have):
            self.inline.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in have and have.get("type") != "application/json":
            self.inline.append(self.get_starttag_text() or tag)
        self.headings += tag == "h1"


def read(client: Client, path: str) -> Stops:
    page = Stops()
    page.feed(client.get(path).content.decode())
    return page


def title(client: Client, path: str) -> str:
    found = re.search(r"<title>(.*?)</title>", client.get(path).content.decode(), re.DOTALL)
    return found[1].strip() if found else ""


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_the_skip_link_is_the_first_stop_and_quick_exit_the_second(
    client: Client, path: str
) -> None:
    first, second = read(client, path).stops[:2]
    assert first["href"] == "#main"
    assert second["href"] == "/leave/"
    assert second["rel"] == "nofollow noreferrer"


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_has_one_heading_and_nothing_inline(client: Client, path: str) -> None:
    page = read(client, path)
    assert page.headings == 1
    assert page.inline == []


@pytest.mark.django_db
def test_each_page_has_a_title_of_its_own(client: Client) -> None:
    titles = [title(client, path) for path in PUBLIC]
    assert len(set(titles)) == len(PUBLIC)
    assert all(t.endswith(" - Team Portal") for t in titles)


@pytest.mark.django_db
def test_every_page_carries_the_policy(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_signed_in_page_is_stored_nowhere(world: World, client: Client) -> None:
    client.force_login(world.member)
    assert "no-store" in client.get("/")["Cache-Control"]


@pytest.mark.django_db
def test_htmx_keeps_no_copy_of_a_page_in_the_browser(client: Client) -> None:
    assert b'"historyCacheSize": 0' in client.get("/").content


@pytest.mark.django_db
def test_the_footer_says_that_this_is_no_reporting_channel_and_names_the_lines(
    client: Client,
) -> None:
    text = client.get("/").content.decode()
    assert "This portal is not a reporting channel" in text
    assert "within 48 hours" in text
    for group in ("If a child may be in danger", "For you"):
        assert group in text
    assert 'href="tel:' in text


def test_signed_out_nobody_is_offered_search_or_sections(client: Client, db: None) -> None:
    text = client.get("/").content.decode()
    assert 'role="search"' not in text
    assert 'aria-label="Main"' not in text


def test_signed_in_the_sections_of_the_role_search_and_account_are_there(
    world: World, client: Client
) -> None:
    client.force_login(world.member)
    text = client.get("/").content.decode()
    assert 'role="search"' in text
    assert 'href="/ask/"' in text
    assert 'href="/team/"' not in text
    assert reverse("mfa_index") in text
    assert 'action="/accounts/logout/"' in text  # a form: signing out is no GET
    assert "Publish" not in text


def test_who_may_publish_finds_the_way_there(world: World, client: Client) -> None:
    client.force_login(world.manager)
    assert 'href="/cms/">Publish' in client.get("/").content.decode()


@pytest.mark.django_db
def test_demo_data_is_named_as_such(client: Client) -> None:
    assert "everything here is invented" not in client.get("/").content.decode()
    DemoMark.objects.create(kind="demo")
    context.forget()
    assert "everything here is invented" in client.get("/").content.decode()


@pytest.mark.django_db
def test_signing_up_without_an_invitation_is_closed(client: Client) -> None:
    response = client.get("/accounts/signup/")
    assert response.status_code == 200
    assert "Sign-up is by invitation" in response.content.decode()
    assert b"<form" not in response.content


@pytest.mark.django_db
def test_an_expired_form_gives_back_what_was_typed_but_no_password() -> None:
    strict = Client(enforce_csrf_checks=True)
    typed = {
        "subject": "A <typed> subject",
        "body": "two\nlines",
        "kinds": ["a", "b"],
        "new_password1": "secret one",
        "oldpassword": "secret two",
    }
    response = strict.post("/accounts/login/?next=/x/", typed)
    text = response.content.decode()
    assert response.status_code == 403
    assert 'value="A &lt;typed&gt; subject"' in text
    assert "two\nlines</textarea>" in text
    assert text.count('name="kinds"') == 2
    assert "secret" not in text
    assert 'action="/accounts/login/?next=/x/"' in text


@pytest.mark.django_db
def test_a_form_given_back_can_be_sent_after_signing_in_again(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.member)
    page = strict.post("/accounts/password/change/", {"note": "kept"}).content.decode()
    assert "You signed in after this form was opened" in page
    token = re.search(r'action="/accounts/password/change/".*?value="(\w{64})"', page, re.DOTALL)
    assert token is not None
    again = strict.post(
        "/accounts/password/change/", {"note": "kept", "csrfmiddlewaretoken": token[1]}
    )
    assert again.status_code != 403


def test_the_error_page_asks_nothing_of_the_database(db: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from portal.home.views import server_error

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "1-800-792-5200" in response.content.decode()
    assert len(queries) == 0


def test_an_invitation_says_nothing_but_where_to_go() -> None:
    subject, _, body = mail.render("invitation", {"path": "/accounts/invitation/x/"})
    assert "\n" not in subject
    assert "http://localhost:8000/accounts/invitation/x/" in body
    EmailMessage(subject, body).message()  # a subject with a line break would raise here


def test_a_changed_help_line_shows_at_once(
    client: Client, django_capture_on_commit_callbacks: Any, db: None
) -> None:
    line = HelpLine.objects.create(
        label="A new line", number="1-800-555-0100", group=HelpLine.Group.YOU
    )
    context.forget()
    assert "1-800-555-0100" in client.get("/").content.decode()
    line.number = "1-800-555-0199"
    with django_capture_on_commit_callbacks(execute=True):
        line.save()
    assert "1-800-555-0199" in client.get("/").content.decode()
