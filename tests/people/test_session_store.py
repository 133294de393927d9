"""Sessions that are read from the cache: ended at once, and never kept longer than a minute."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.caching import CacheAway
from portal.people import leaving, session_store
from portal.people.models import User
from portal.people.session_store import SessionStore
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_in_the_cache(settings: object) -> None:
    settings.SESSION_ENGINE = "portal.people.session_store"  # type: ignore[attr-defined]


def begun(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def sessions_read(key: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        dict(SessionStore(key).items())
    return len(captured)


def test_a_session_is_read_once_from_the_database_and_then_from_the_cache(world: World) -> None:
    key = begun(world.member)
    cache.clear()
    assert [sessions_read(key) for _ in range(3)] == [1, 0, 0]
    assert SessionStore(key)[SESSION_KEY] == str(world.member.pk)


def test_what_is_changed_is_read_at_once(world: World) -> None:
    key = begun(world.member)
    store = SessionStore(key)
    store["attest_by"] = 7
    store.save()
    assert SessionStore(key)["attest_by"] == 7
    cache.clear()
    assert SessionStore(key)["attest_by"] == 7


def test_whoever_leaves_is_signed_out_at_once_of_the_cache_too(
    world: World, settings: object
) -> None:
    key = begun(world.member)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key  # type: ignore[attr-defined]
    assert client.get("/me/").status_code == 200
    assert leaving.end_sessions(world.member) >= 1
    assert not Session.objects.filter(session_key=key).exists()
    assert dict(SessionStore(key).items()) == {}
    assert client.get("/me/").status_code == 302


def test_the_cache_keeps_a_session_for_a_minute_at_most(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[float] = []
    add, put = cache.add, cache.set
    monkeypatch.setattr(cache, "add", lambda k, v, t: kept.append(t) or add(k, v, t))
    monkeypatch.setattr(cache, "set", lambda k, v, t: kept.append(t) or put(k, v, t))
    key = begun(world.member)
    cache.clear()
    SessionStore(key).load()
    assert kept
    assert max(kept) <= session_store.KEPT == 60


def test_without_a_cache_server_sessions_come_from_the_database(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> bool:
        raise CacheAway

    key = begun(world.member)
    cache.clear()
    monkeypatch.setattr(cache, "add", away)
    assert [sessions_read(key) for _ in range(2)] == [1, 1]
