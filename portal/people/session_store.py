"""Sessions in the database, read from the cache server for a minute at a time.

A session that was ended is gone from the database and from the cache at once. Should the cache
server be away just then, what it still has of the session is worth nothing after that minute.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends import cached_db
from django.core.cache import cache

from portal.core.caching import CacheAway

KEPT = 60  # seconds


class SessionStore(cached_db.SessionStore):
    cache_key_prefix = "session:"
    if TYPE_CHECKING:
        _session: dict[str, Any]
        _get_session_from_db: Callable[[], Any]

    def load(self) -> dict[str, Any]:
        found = cache.get(self.cache_key)
        if found is None:
            row = self._get_session_from_db()
            if row is None:
                return {}
            found = self.decode(row.session_data)
            # Added, not set: what was saved meanwhile is newer than what was read.
            with suppress(CacheAway):
                age = self.get_expiry_age(expiry=row.expire_date)
                cache.add(self.cache_key, found, min(KEPT, age))
        return dict(found)

    def save(self, must_create: bool = False) -> None:
        super(cached_db.SessionStore, self).save(must_create)
        cache.set(self.cache_key, self._session, min(KEPT, self.get_expiry_age()))
