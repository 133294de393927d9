"""What every test stands on: a clean cache and the people of a small state."""

from collections.abc import Iterator

import pytest

from portal.core.privacy import allowed
from tests.forgetting import forget_everything
from tests.world import World, build_world

DATABASE = {"db", "transactional_db"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out what touches no database: it was run with another one already",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", ())
    return bool(DATABASE & set(names)) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    forget_everything()
    allowed.forget()
    yield
    forget_everything()


@pytest.fixture
def world(db: None) -> World:
    """Every kind of account, at two centers."""
    return build_world()
