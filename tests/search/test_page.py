"""The search page and the query log."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query as PickedFor
from wagtail.contrib.search_promotions.models import SearchPromotion

from portal.search import index
from portal.search.engines.base import Engine
from portal.search.models import SearchQuery
from resources.models import Service
from tests.resources.factories import make_resource
from tests.search.engines import settle
from tests.world import World

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/search/",
    "/search/?q=harbor&type=service&county=essex",
    "/search/?q=harbr",
    "/search/?q=harbor+zebra+giraffe+mentors",
)


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
    with django_assert_max_num_queries(20):
        member.get("/search/?q=consent&type=resource&discipline=medical")


@pytest.mark.search
def test_a_search_costs_the_same_among_a_hundred_and_a_thousand(
    engine: Engine, world: World
) -> None:
    """Every engine; whole pages, with a correction, and with half of the words."""
    client = Client()
    client.force_login(world.member)
    costs = []
    for size in (100, 1000):
        have = Service.objects.count()
        Service.objects.bulk_create(
            Service(name=f"Harbor {n}", about="Peer mentors near the sea")
            for n in range(have, size)
        )
        index.compare_with_the_database()
        settle()
        for address in ADDRESSES:
            client.get(address)
            with CaptureQueriesContext(connection) as cost:
                assert client.get(address).status_code == 200
            costs.append(len(cost))
    assert costs[: len(ADDRESSES)] == costs[len(ADDRESSES) :]
    assert max(costs) <= 45


@pytest.mark.parametrize("text", ["jamie.doe@gmail.com", "617-555-0134", "123-45-6789"])
def test_the_log_keeps_no_text_in_which_the_screen_finds_anything(
    text: str, member: Client
) -> None:
    assert member.get("/search/", {"q": f"consent {text}"}).status_code == 200
    assert not SearchQuery.objects.exclude(text="").exists()


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


def test_a_search_without_hits_is_told_apart_from_one_whose_words_are_not_kept(
    member: Client, world: World
) -> None:
    make_resource("Consent")
    for text in ("supervision agenda", "supervision agenda", "zyxwv", "consent supervision"):
        member.get("/search/", {"q": text})
    client = Client()
    client.force_login(world.manager)
    response = client.get("/search/asked/")
    rows = [(row["text"], row["times"]) for row in response.context["page_obj"]]
    assert rows == [("supervision agenda", 2), ("", 1), ("consent supervision", 1)]
    html = response.content.decode()
    assert "(words not kept)" in html
    assert "zyxwv" not in html
    assert "zyxwv" not in client.get("/search/asked/?show=all").content.decode()


@pytest.mark.parametrize("text", ["jayden", "young", "rivera agenda", "617-555-0134"])
def test_what_may_be_a_name_is_never_kept(text: str, member: Client) -> None:
    member.get("/search/", {"q": text})
    assert set(SearchQuery.objects.values_list("text", flat=True)) == {""}


def test_titles_are_offered_while_one_types_and_nothing_is_logged(member: Client) -> None:
    make_resource("Consent form")
    make_resource("Consent for staff", audience="staff")
    html = member.post("/search/suggestions/", {"q": "conse"}).content.decode()
    assert '<a href="/resources/consent-form/"><mark>Consent</mark> form</a>' in html
    assert "staff" not in html
    assert not SearchQuery.objects.exists()
    assert member.post("/search/suggestions/", {"q": "c"}).content.strip() == b""
    assert member.post("/search/suggestions/", {"q": "zz\0z"}).content.strip() == b""
    assert member.get("/search/suggestions/?q=conse").status_code == 405


def test_editors_picks_come_first_for_those_who_may_read_them(member: Client, world: World) -> None:
    pages = [make_resource("Card"), make_resource("Plan"), make_resource("Note", audience="staff")]
    for place, page in enumerate([pages[2], pages[1]]):
        SearchPromotion.objects.create(
            query=PickedFor.get("First steps"), page=page, sort_order=place
        )
    html = member.get("/search/?q=first++STEPS").content.decode()
    assert "Picked by the editors" in html
    assert ("Plan" in html, "Note" in html) == (True, False)
    pages[1].unpublish()
    assert "Picked by the editors" not in member.get("/search/?q=first+steps").content.decode()
    staff = Client()
    staff.force_login(world.manager)
    assert "Note" in staff.get("/search/?q=first+steps").content.decode()


def test_what_editors_type_for_a_pick_is_screened(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    page = make_resource("Card")
    form = {
        "query_string": "call 617-555-0134",
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-0-page": str(page.pk),
        "editors_picks-0-ORDER": "1",
    }
    assert client.post("/cms/searchpicks/add/", form).status_code == 200
    assert not SearchPromotion.objects.exists()
    client.post("/cms/searchpicks/add/", {**form, "query_string": "first steps"})
    assert SearchPromotion.objects.get().page_id == page.pk


def test_filters_by_kind_and_sensitivity_are_named(member: Client) -> None:
    make_resource("Consent form", kind="checklist", sensitivity=2)
    html = member.get("/search/?q=consent&kind=checklist&sensitivity=2").content.decode()
    assert "2: speaks of harm in general terms" in html
    assert "1 result" in html
    assert "remove all filters" in html
    assert "1 result" not in member.get("/search/?q=consent&kind=brief").content.decode()


def test_half_the_words_are_said_to_be_half(member: Client) -> None:
    make_resource("Consent form")
    html = member.get("/search/?q=consent+zebra").content.decode()
    assert "No page holds most of these words" in html
    assert SearchQuery.objects.filter(hits=0).exists()
