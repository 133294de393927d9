"""What every test stands on: a clean cache and the people of a small state."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from portal.core.privacy import allowed
from tests.world import World, build_world


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    cache.clear()
    allowed.forget()
    yield
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    """Every kind of account, at two centers."""
    return build_world()
