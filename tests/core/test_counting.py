"""Sets of any models are counted in one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import counting
from portal.people.models import Center, County, Membership, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_sets_of_several_models_are_counted_in_one_query() -> None:
    people = [UserFactory(center="essex") for _ in range(3)]
    Membership.objects.create(user=people[0], center=Center.objects.get(slug="bristol"))
    sets = {
        "counties": County.objects.all(),
        "joined_twice": User.objects.filter(memberships__isnull=False),
        "nobody": User.objects.filter(email="nobody@example.org"),
        "none": User.objects.none(),
    }
    with CaptureQueriesContext(connection) as found:
        counts = counting.in_one(sets)
    assert counts == {"counties": 14, "joined_twice": 3, "nobody": 0, "none": 0}
    assert len(found) == 1


def test_of_no_set_nothing_is_asked() -> None:
    with CaptureQueriesContext(connection) as found:
        assert counting.in_one({}) == {}
        assert counting.in_one({"none": User.objects.none()}) == {"none": 0}
    assert len(found) == 0
