"""Every address x every account: what design.md promises, address by address."""

import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.matrix import Row
from tests.world import ACCOUNTS, World

APPS = ("core", "people", "training", "resources", "assistance", "reports", "search")
# Others' addresses: allauth's and Wagtail's own are tested in tests/people.
FOREIGN = ("allauth", "wagtail")


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"tests.{app}.matrix_rows") for app in APPS]


ROWS: list[Row] = [row for module in _modules() for row in module.ROWS]


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (route, module of the view) of every address."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, getattr(entry.callback, "__module__", "")


def test_every_address_of_ours_has_a_row() -> None:
    ours = {
        route
        for route, module in _patterns(get_resolver())
        if not module.startswith(("allauth", "wagtail", "django")) and not route.startswith("cms/")
    }
    have = {row.pattern for row in ROWS}
    assert ours - have == set()
    assert have - ours - {"cms/login/"} == set()


@pytest.fixture
def full_world(world: World) -> World:
    for module in _modules():
        module.build(world)
    return world


@pytest.mark.parametrize("account", ["signed_out", *ACCOUNTS])
def test_each_account_gets_what_the_matrix_says(full_world: World, account: str) -> None:
    wrong = []
    for row in ROWS:
        client = Client()
        if account != "signed_out":
            client.force_login(full_world.people[account])
        response = getattr(client, row.method)(row.address(full_world))
        if response.streaming:
            b"".join(response)  # read to its end, which closes the file behind it
        if answer := _mistake(row, account, response):
            wrong.append(answer)
    assert wrong == []


STATUSES = {"open": 200, "denied": 401}


def _mistake(row: Row, account: str, response: object) -> str:
    status = response.status_code  # type: ignore[attr-defined]
    location = getattr(response, "headers", {}).get("Location", "")
    if account == "signed_out" and row.signed_out == "login":
        leads_in = status == 302 and location.startswith("/accounts/login/?next=")
        # A form sent after the session ended comes back with what was typed.
        good = leads_in or (row.method == "post" and status == 403)
    elif account == "signed_out" and row.signed_out in STATUSES:
        good = status == STATUSES[row.signed_out]
    elif account == "signed_out":
        good = status == (row.ok if row.signed_out == "ok" else 404)
    else:
        good = status == (row.ok if account in row.may else 404)
    return "" if good else f"{row.method} {row.pattern} as {account}: {status} {location}"
