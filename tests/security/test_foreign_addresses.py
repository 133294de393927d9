"""Every address that a library brings (allauth, Wagtail), asked as every account.

Nobody without work in the admin sees a page of it; nothing answers 500; no address leads round
in a circle. What each role of the admin may open stands in SECTIONS, section by section.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.world import ACCOUNTS, World

CMS = {"author", "reviewer", "manager", "deputy"}
# Wagtail takes row numbers as text in places and does not expect anything else there.
FILL = {"int": "1", "str": "1", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000000"}

# Sections of Wagtail's admin that no role of ours has any work in: who may open what there.
CLOSED = (
    "users/",
    "groups/",
    "sites/",
    "locales/",
    "collections/",
    "redirects/",
    "searchpicks/",
    "forms/",
    "workflows/add/",
    "workflows/list/",
    "workflows/tasks/add/",
    "workflows/tasks/index/",
    "bulk/auth/",
)
# Closed to whoever does not write for the library.
FOR_WRITERS = ("documents/add/",)
WRITERS = {"author", "manager", "deputy"}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, getattr(entry.callback, "__module__", "")


def filled(route: str) -> str:
    """Return an address of the route, with something in each of its places."""
    route = re.sub(r"(?<!\?P)<(?:(\w+):)?\w+>", lambda m: FILL.get(m[1] or "str", "x"), route)
    route = re.sub(r"\(\?P<?(?:\w+>)?(?:[^()]|\([^()]*\))*\)", "1", route)
    return "/" + route.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


FOREIGN = sorted(
    {
        filled(route)
        for route, module in routes(get_resolver())
        if module.startswith(("allauth", "wagtail", "django")) or route.startswith("cms/")
    }
)
ADMIN = [path for path in FOREIGN if path.startswith("/cms/")]
ACCOUNT = [path for path in FOREIGN if path.startswith("/accounts/")]


def test_the_list_is_not_empty() -> None:
    assert len(ADMIN) > 150
    assert len(ACCOUNT) > 25


def test_signed_out_the_admin_leads_to_sign_in_or_is_not_there(client: Client, db: None) -> None:
    wrong = []
    for path in ADMIN:
        answer = client.get(path)
        leads = answer.status_code == 302 and "/accounts/" in answer["Location"]
        leads |= answer.status_code == 302 and answer["Location"].startswith(("/cms/", "/me/"))
        if not leads and answer.status_code != 404 and path not in OPEN_ADMIN:
            wrong.append(f"{path}: {answer.status_code}")
    assert wrong == []


# What a browser needs before anybody is known: the catalogue of translated words, and the sprite.
OPEN_ADMIN = {"/cms/jsi18n/", "/cms/sprite/"}


@pytest.mark.parametrize("account", [a for a in ACCOUNTS if a not in CMS])
def test_who_has_no_work_in_the_admin_finds_none_of_it(world: World, account: str) -> None:
    client = Client()
    client.force_login(world.people[account])
    found = [path for path in ADMIN if client.get(path).status_code != 404]
    assert found == []


@pytest.mark.parametrize("account", sorted(CMS))
def test_no_address_of_the_admin_fails_and_closed_sections_are_closed(
    world: World, account: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[account])
    wrong = []
    closed = CLOSED if account in WRITERS else CLOSED + FOR_WRITERS
    for path in ADMIN:
        status = client.get(path).status_code
        is_closed = path.removeprefix("/cms/").startswith(closed)
        if status >= 500 or (is_closed and status == 200):
            wrong.append(f"{path}: {status}")
    assert wrong == []


@pytest.mark.parametrize("account", ["signed_out", *ACCOUNTS])
def test_no_address_of_the_account_fails_or_leads_in_a_circle(world: World, account: str) -> None:
    wrong = []
    for path in ACCOUNT:
        client = Client(raise_request_exception=False)
        if account != "signed_out":
            client.force_login(world.people[account])
        answer = client.get(path)
        hops = 0
        while answer.status_code in {301, 302} and hops < 6:
            target = answer["Location"]
            if target.startswith(("http://testserver", "/")):
                answer = client.get(target)
            else:
                wrong.append(f"{path} leads to {target}")
                break
            hops += 1
        if answer.status_code >= 500 or hops >= 6:
            wrong.append(f"{path}: {answer.status_code} after {hops}")
    assert wrong == []


CHANGES = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/webauthn/",
    "/accounts/sessions/",
    "/accounts/3rdparty/",
    "/accounts/reauthenticate/",
]


@pytest.mark.parametrize("path", CHANGES)
def test_signed_out_no_page_of_an_account_opens(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
