"""A pathway of two modules, a coordinator and a member of the same center."""

import pytest

from portal.people.models import User
from tests.training import learning_factories as make
from tests.training.factories import make_module, make_pathway
from training.models import (
    ModulePage,
    PathwayPage,
)


@pytest.fixture
def modules() -> list[ModulePage]:
    return [make_module(code, 1)[0] for code in ("T01", "T02")]


@pytest.fixture
def pathway(modules: list[ModulePage]) -> PathwayPage:
    return make_pathway("both", *modules)


@pytest.fixture
def coordinator() -> User:
    return make.learner(coordinates="essex")


@pytest.fixture
def person() -> User:
    return make.learner()
