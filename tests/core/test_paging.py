"""Pages of a list that is not counted."""

import pytest

from portal.core import paging
from portal.people.models import Center

pytestmark = pytest.mark.django_db


def test_a_page_knows_whether_there_is_one_before_and_after() -> None:
    rows, every = Center.objects.order_by("pk"), list(Center.objects.order_by("pk"))
    first = paging.page(rows, None, per=2)
    assert list(first) == every[:2]
    assert (first.has_previous, first.has_next, first.next_page_number) == (False, True, 2)
    second = paging.page(rows, "2", per=2)
    assert list(second) == every[2:4]
    assert second.previous_page_number == 1
    whole = paging.page(rows, "1", per=len(every))
    assert not whole.has_other_pages


@pytest.mark.parametrize("number", ["", "0", "-1", "two", "99", "9" * 40, "²"])
def test_a_number_that_is_none_leads_to_the_first_page(number: str) -> None:
    rows = Center.objects.order_by("pk")
    found = paging.page(rows, number, per=2)
    assert (found.number, list(found)) == (1, list(rows[:2]))
