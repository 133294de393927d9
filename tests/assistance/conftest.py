"""Each test finds and leaves the storage empty."""

from collections.abc import Iterator

import pytest

from tests.assistance.storing import empty


@pytest.fixture(autouse=True)
def empty_storage() -> Iterator[None]:
    empty()
    yield
    empty()
