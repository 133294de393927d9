"""A cache that does not answer: pages go on, nothing is counted that is not, and it is said."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from portal.core import caching
from portal.core.caching import CacheAway, RedisCache
from tests.world import World


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisCache]:
    """A cache at a port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    monkeypatch.setattr(caching, "_silent_until", 0.0)
    yield RedisCache(f"redis://127.0.0.1:{port}/0", {})
    monkeypatch.setattr(caching, "_silent_until", 0.0)


@pytest.fixture
def away(nobody: RedisCache) -> Iterator[None]:
    """The portal's own cache does not answer."""
    usual = caches["default"]
    caches["default"] = nobody
    yield
    caches["default"] = usual


def test_nothing_is_found_and_nothing_is_kept(nobody: RedisCache) -> None:
    nobody.set("a", 1)
    nobody.set_many({"a": 1})
    nobody.delete("a")
    nobody.delete_many(["a"])
    assert nobody.get("a", "other") == "other"
    assert nobody.get_many(["a"]) == {}
    assert nobody.get_or_set("a", lambda: "made") == "made"
    assert not nobody.has_key("a")
    assert not nobody.touch("a")


def test_what_takes_turns_cannot_be_done_without(nobody: RedisCache) -> None:
    with pytest.raises(CacheAway):
        nobody.add("lock", 1)
    with pytest.raises(CacheAway):
        nobody.incr("count")


def test_it_is_asked_again_after_a_while_and_not_before(
    nobody: RedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody.get("a")
    silent_until = caching._silent_until
    assert silent_until > time.monotonic()
    nobody.get("a")
    assert caching._silent_until == silent_until
    monkeypatch.setattr(caching, "_silent_until", time.monotonic() - 1)
    nobody.get("a")
    assert caching._silent_until > time.monotonic()


def test_pages_are_read_without_it(world: World, client: Client, away: None) -> None:
    client.force_login(world.member)
    assert client.get("/").status_code == 200
    assert client.get("/training/").status_code == 200


def test_nobody_signs_in_uncounted_and_it_is_said(db: None, client: Client, away: None) -> None:
    assert client.get("/accounts/login/").status_code == 200
    form = {"login": "somebody@example.org", "password": "wrong-but-long-enough"}
    answer = client.post("/accounts/login/", form)
    assert answer.status_code == 503
    assert "nobody can sign in" in answer.content.decode()


def test_readyz_says_so(db: None, client: Client, away: None) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["cache"] == "CacheAway"
