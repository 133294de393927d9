"""The search page and the query log."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.search.models import SearchQuery
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(world: World) -> Client:
    client = Client()
    client.force_login(world.member)
    return client


def test_it_shows_hits_facets_and_keeps_the_text(member: Client) -> None:
    make_resource("Consent form", topics=["legal"], kind="guidance")
    html = member.get("/search/?q=consent").content.decode()
    assert '<a href="/resources/consent-form/"><mark>Consent</mark> form</a>' in html
    assert 'value="consent"' in html
    assert "?q=consent&amp;topic=legal" in html
    assert "<title>Search" in html


def test_a_chosen_filter_can_be_taken_back(member: Client) -> None:
    make_resource("Consent form", topics=["legal"])
    response = member.get("/search/?q=consent&topic=legal")
    ((choice, url),) = dict(response.context["facets"])["topic"]
    assert (choice.is_selected, url) == (True, "?q=consent")
    assert response.context["without_filters"] == "?q=consent"


def test_nothing_found_offers_a_near_word(member: Client) -> None:
    make_resource("Confidentiality")
    html = member.get("/search/?q=confidentialty").content.decode()
    assert "Nothing found" in html
    assert '<a href="?q=confidentiality">confidentiality</a>' in html


def test_nothing_published_yet_says_what_will_appear(member: Client) -> None:
    assert "Nothing to find yet" in member.get("/search/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["?page=99999", "?page=abc", "?page=-1", "?type=x&topic=%00", "?q=%00", "?q=" + "x" * 3000],
)
def test_any_address_is_answered(member: Client, address: str) -> None:
    make_resource("Consent")
    assert member.get(f"/search/{address}").status_code == 200


def test_what_is_typed_never_becomes_markup(member: Client) -> None:
    html = member.get("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E&topic=%3Cb%3E").content.decode()
    assert "<script>alert" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("size", [2, 18])
def test_a_search_costs_the_same_at_any_size(
    size: int, member: Client, django_assert_max_num_queries
) -> None:
    for n in range(size):
        make_resource(f"Consent {n}", topics=[f"t{n}"])
    member.get("/search/?q=consent")
    with django_assert_max_num_queries(18):
        member.get("/search/?q=consent&type=resource&discipline=medical")


@pytest.mark.parametrize("text", ["jamie.doe@gmail.com", "617-555-0134", "123-45-6789"])
def test_the_log_keeps_no_text_in_which_the_screen_finds_anything(
    text: str, member: Client
) -> None:
    assert member.get("/search/", {"q": f"consent {text}"}).status_code == 200
    assert not SearchQuery.objects.exists()


def test_the_log_counts_searches_by_day_and_by_nobody(member: Client) -> None:
    make_resource("Consent")
    member.get("/search/?q=Consent")
    member.get("/search/?q=consent")
    member.get("/search/?q=consent&page=2")
    member.get("/search/")
    entry = SearchQuery.objects.get()
    assert (entry.text, entry.times, entry.hits) == ("consent", 2, 1)
    assert entry.day == timezone.localdate()
    assert {f.name for f in SearchQuery._meta.get_fields()} == {
        "id",
        "day",
        "text",
        "times",
        "hits",
    }
