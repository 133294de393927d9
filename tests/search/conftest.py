"""The engines for every test of search that asks for `engine`."""

from collections.abc import Iterator

import pytest

from portal.search.engines.base import Engine
from tests.search.engines import NAMES, using


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, db: None) -> Iterator[Engine]:
    """Each engine of this run in turn, empty."""
    with using(request.param) as found:
        yield found
