"""Property tests over every address of ours: no query string and no form brings a 500.

The forms are read from the pages themselves, so a new form is tried without anybody listing it.
"""

import random
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.test_matrix import ROWS, _modules
from tests.world import ACCOUNTS, World, build_world

NAMES = (
    "q", "page", "type", "topic", "discipline", "county", "sort", "view", "period", "center",
    "kind", "person", "since", "until", "next", "state", "urgency", "assignee", "sensitivity",
    "category", "show", "follows", "from",
)  # fmt: skip
NASTY = (
    "", "0", "-1", "1" * 400, "9" * 19, "\0", "a\0b", "'\"<script>", "%s%n", "../../etc/passwd",
    "=1+1", "NaN", "1e999", "2026-02-30", "9999-12-31", "0001-01-01", "\ud7ff\U0010ffff",
    "http://elsewhere.example.com/", "//elsewhere.example.com", "true", "None", "[]", "{}",
    "foundations", "ma-2026", "a" * 3000, "١٢٣", "\r\nX-Header: 1", "☃", "draft", "closed", "open",
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str))
QUERY = st.dictionaries(st.sampled_from(NAMES), WORDS, max_size=4)
LENIENT = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Ends the session, so it is no page to walk on from.
ENDS = ("/leave/", "/accounts/logout/")


@pytest.fixture
def full_world(db: None) -> World:
    world = build_world()
    for module in _modules():
        module.build(world)
    return world


def clients(world: World) -> dict[str, Client]:
    found = {name: Client(raise_request_exception=False) for name in ACCOUNTS}
    for name, client in found.items():
        client.force_login(world.people[name])
    return found | {"signed_out": Client(raise_request_exception=False)}


@pytest.mark.parametrize("path", ["/requests/%00/", "/requests/a%00b/reply/"])
def test_no_nul_in_an_address_brings_an_error(world: World, path: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.manager)
    assert client.get(path, follow=True).status_code == 404


def test_no_query_string_brings_an_error(full_world: World) -> None:
    every = clients(full_world)
    wrong: set[str] = set()

    @LENIENT
    @given(query=QUERY)
    def try_all(query: dict[str, str]) -> None:
        for number, row in enumerate(ROWS):
            path = row.address(full_world)
            if path.startswith(ENDS):
                continue
            able = sorted(row.may) or ["manager"]
            who = able[(number + len(query)) % len(able)]
            status = every[who].get(path, query).status_code
            if status >= 500:
                wrong.add(f"{path} as {who} with {query!r}: {status}")

    try_all()
    assert wrong == set()


class Forms(HTMLParser):
    """The forms of a page that are sent by POST, with the names of their fields and choices."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag == "form":
            is_post = said.get("method", "").lower() == "post"
            self.forms.append((said.get("action", "") if is_post else "-", {}))
        elif tag in {"input", "textarea", "select", "button"} and self.forms:
            self.name = said.get("name", "")
            if self.name and self.name != "csrfmiddlewaretoken":
                values = self.forms[-1][1].setdefault(self.name, [])
                values += [said["value"]] if "value" in said else []
        elif tag == "option" and self.forms and self.name in self.forms[-1][1]:
            self.forms[-1][1][self.name].append(said.get("value", ""))


def forms_of(client: Client, path: str) -> list[tuple[str, dict[str, list[str]]]]:
    if path.startswith(ENDS):
        return []
    answer = client.get(path)
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code != 200 or not kind.startswith("text/html"):
        return []
    parser = Forms()
    parser.feed(answer.content.decode())
    ours = [(action or path, fields) for action, fields in parser.forms if action != "-"]
    return [form for form in ours if not form[0].startswith(ENDS)]


def test_no_form_brings_an_error(full_world: World) -> None:
    """Each form of each page, filled with nonsense, with its own choices, and half of each."""
    every = clients(full_world)
    chance = random.Random(7)
    wrong: list[str] = []
    tried: set[tuple[str, tuple[str, ...]]] = set()
    for who in ("manager", "coordinator", "member", "trainer", "specialist", "signed_out"):
        for row in ROWS:
            if row.method != "get" or (who not in row.may and who != "signed_out"):
                continue
            for action, fields in forms_of(every[who], row.address(full_world)):
                key = (action.split("?")[0], tuple(sorted(fields)))
                if key in tried:
                    continue
                tried.add(key)
                for style in ("nonsense", "choices", "mixed", "mixed", "empty"):
                    status = every[who].post(action, fill(fields, style, chance)).status_code
                    if status >= 500:
                        wrong.append(f"{action} as {who}, {style}: {status}")
    assert len(tried) > 25
    assert wrong == []


def fill(fields: dict[str, list[str]], style: str, chance: random.Random) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, choices in fields.items():
        nonsense = chance.choice(NASTY)
        own = chance.choice(choices) if choices else nonsense
        data[name] = {
            "nonsense": nonsense,
            "choices": own,
            "mixed": chance.choice([nonsense, own]),
            "empty": "",
        }[style]
    return data
