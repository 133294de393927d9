"""Joining with a passkey, the idle time-out, the end of access: as people meet them."""

import re
import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from portal.core import outbox
from portal.people import idle, invitations
from portal.people.models import Center, User
from tests.people.signing import PASSWORD, confirm
from tests.world import World, build_world

SignIn = Callable[[User], None]


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def invitation_path(world: World) -> str:
    invitations.invite(
        email="quinn.new@example.org",
        first_name="Quinn",
        last_name="New",
        center=Center.objects.get(slug="essex"),
        discipline=None,
        by=world.coordinator,
    )
    outbox.deliver_all()
    found = re.search(r"/accounts/invitation/\S+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def test_a_new_member_joins_adds_a_passkey_and_signs_in_with_it(
    page: Page,
    context: BrowserContext,
    people: World,
    base_url: str,
    check_axe: Callable[[], None],
) -> None:
    # A passkey wants a name, so the site is asked at "localhost".
    site = base_url.replace("127.0.0.1", "localhost")
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(site + invitation_path(people))
    check_axe()
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Join and sign in").click()
    # The browser itself asks for the box; nothing is sent without it.
    page.get_by_label("Both are true for me").check()
    page.get_by_role("button", name="Join and sign in").click()
    expect(page.get_by_role("heading", name="Hello, Quinn")).to_be_visible()

    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Confirm|Continue")).click()
    page.get_by_label("Name").fill("My laptop")
    if page.get_by_label("Passwordless").count():
        page.get_by_label("Passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)

    page.goto(f"{site}/")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Hello, Quinn")).to_be_visible()


def test_the_idle_time_out_warns_can_be_put_off_and_keeps_what_was_typed(
    page: Page,
    people: World,
    sign_in: SignIn,
    check_axe: Callable[[], None],
) -> None:
    sign_in(people.member)
    page.clock.install()
    page.goto("/ask/")
    page.get_by_role("textbox", name="Your question").fill("How do teams keep the agenda short?")
    dialog = page.locator("#idle")
    expect(dialog).not_to_be_visible()
    page.clock.run_for(28 * 60 * 1000 + 2000)
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    check_axe()
    with page.expect_response("**/accounts/stay/"):  # from then on the half hour begins anew
        page.get_by_role("button", name="Stay signed in").click()
    expect(dialog).not_to_be_visible()

    # Later nobody is there: the server has ended the session, the text stands still.
    page.clock.run_for(28 * 60 * 1000 + 2000)
    expect(dialog).to_be_visible()
    page.clock.run_for(3 * 60 * 1000)
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    check_axe()
    page.get_by_role("button", name="Back to what I typed").click()
    expect(page.get_by_role("textbox", name="Your question")).to_have_value(
        "How do teams keep the agenda short?"
    )


def test_a_page_without_typed_text_leads_to_sign_in_when_the_time_is_over(
    page: Page, people: World, sign_in: SignIn
) -> None:
    sign_in(people.member)
    page.clock.install()
    page.goto("/me/transcript/")
    # The page's clock runs ahead of the server's, so the server's note is set back by as much.
    for session in Session.objects.all():
        store = SessionStore(session.session_key)
        store[idle.SEEN] = int(time.time()) - 31 * 60
        store.save()
    page.clock.run_for(31 * 60 * 1000)
    page.wait_for_url(re.compile(r"/accounts/login/\?next=%2Fme%2Ftranscript%2F"))
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_coordinator_ends_access_and_the_open_page_of_the_leaver_is_over(
    page: Page, context: BrowserContext, people: World, sign_in: SignIn, base_url: str
) -> None:
    confirm(people.member)
    other = context.browser
    assert other is not None
    theirs = other.new_page()
    theirs.goto(f"{base_url}/accounts/login/")
    theirs.get_by_label("Email").fill(people.member.email)
    theirs.get_by_label("Password").fill(PASSWORD)
    theirs.get_by_role("button", name="Sign in", exact=True).click()
    expect(theirs.get_by_role("heading", name="Hello, Robin")).to_be_visible()

    sign_in(people.coordinator)
    page.goto("/team/")
    page.get_by_role("link", name="Robin Member").click()
    page.get_by_role("link", name="End access").click()
    page.get_by_role("button", name="End access now").click()
    expect(page.get_by_text("Access has ended everywhere")).to_be_visible()

    theirs.goto(f"{base_url}/me/transcript/")
    expect(theirs).to_have_url(re.compile("/accounts/login/"))
    theirs.close()


def test_a_roster_is_imported_without_a_script(
    people: World, base_url: str, context: BrowserContext, sign_in: SignIn
) -> None:
    sign_in(people.coordinator)
    cookies = context.cookies()
    assert context.browser is not None
    plain = context.browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{base_url}/team/import/")
    roster = b"email,first name,last name\nsam.new@example.org,Sam,New\nbroken,A,B\n"
    page.get_by_label("Roster (CSV, at most 1 MB)").set_input_files(
        {"name": "roster.csv", "mimeType": "text/csv", "buffer": roster}
    )
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    assert not User.objects.filter(email="sam.new@example.org").exists()
    page.get_by_role("button", name="Write these rows").click()
    expect(page.get_by_text("The same file again would change nothing")).to_be_visible()
    assert User.objects.get(email="sam.new@example.org").centers.get().slug == "essex"
    plain.close()


def test_wagtails_editor_warns_as_well(page: Page, people: World, sign_in: SignIn) -> None:
    sign_in(people.manager)
    page.goto("/cms/")
    expect(page.locator("#idle")).to_be_attached()
