"""Search keeps in step with the library: drafts, publishing, unpublishing, audience, topics."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from taggit.models import Tag

from portal.core import ports
from portal.people.models import County, User
from portal.search import finder, index
from portal.search.models import SearchRecord
from portal.search.query import Query, Results
from resources.models import LibraryPage, ResourcePage, Service
from tests.resources.factories import make_resource
from tests.search.engines import settle
from tests.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.search,
    pytest.mark.usefixtures("engine"),  # each in turn
]


def ask(user: User, text: str = "", **fields: object) -> Results:
    settle()
    results = finder.find(Query(text=text, **fields), user)  # type: ignore[arg-type]
    assert not results.degraded
    return results


def found(user: User, text: str = "", **fields: object) -> list[str]:
    results = ask(user, text, **fields)
    assert results.total == len(results.hits)
    return [hit.plain_title for hit in results.hits]


def test_what_is_published_is_found_with_its_topics(world: World) -> None:
    make_resource("Card", topics=["missing-from-care"])
    assert found(world.member, "missing from care") == ["Card"]
    assert found(world.member, topics=frozenset({"missing-from-care"})) == ["Card"]


def test_a_draft_is_never_found_not_even_the_draft_of_a_published_page(world: World) -> None:
    make_resource("Unready consent", live=False)
    page = make_resource("Published")
    page.title = "Consent"
    page.save_revision()
    assert found(world.manager, "consent") == []
    settle()
    assert ports.call("suggest", text="consent", user=world.manager) == []
    page.save_revision().publish()
    assert found(world.member, "consent") == ["Consent"]


def test_unpublished_expired_and_deleted_pages_are_gone(world: World) -> None:
    unpublished, expired, deleted = (make_resource(t) for t in ("Aaa one", "Aaa two", "Aaa three"))
    unpublished.unpublish()
    expired.expire_at = timezone.now() + timedelta(hours=1)
    expired.save_revision().publish()
    ResourcePage.objects.filter(pk=expired.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled", stdout=StringIO())
    deleted.delete()
    assert found(world.manager, "aaa") == []
    assert not ask(world.manager).facet("type").choices


def test_the_deletion_of_the_library_takes_its_pages_along(world: World) -> None:
    make_resource("Card")
    LibraryPage.objects.get().delete()
    assert found(world.manager) == []


def test_each_audience_finds_counts_and_is_offered_its_own(world: World) -> None:
    for audience in ("public", "members", "coordinators", "staff"):
        make_resource(f"Consent {audience}", audience=audience)
    assert len(found(world.member, "consent")) == 2
    assert len(found(world.coordinator, "consent")) == 3
    assert len(found(world.manager, "consent")) == 4
    choices = ask(world.member).facet("type").choices
    assert [c.count for c in choices] == [2]
    offered = ports.call("suggest", text="a consent form", user=world.member)
    assert {s.title for s in offered} == {"Consent public", "Consent members"}
    assert offered[0].kind == "Resource"


def test_a_narrower_audience_holds_from_its_publishing_on(world: World) -> None:
    page = make_resource("Consent")
    page.audience = "staff"
    page.save_revision().publish()
    assert found(world.member, "consent") == []


def test_a_change_that_passed_the_signals_by_does_not_reach_the_reader(world: World) -> None:
    """`QuerySet.update` sends no signal; the last check before the page is shown holds."""
    page = make_resource("Consent")
    ResourcePage.objects.filter(pk=page.pk).update(live=False)
    assert ask(world.member, "consent").hits == ()
    index.compare_with_the_database()
    assert ask(world.member, "consent").total == 0


def test_a_renamed_topic_is_found_by_its_new_name(world: World) -> None:
    make_resource("Card", topics=["legal"])
    tag = Tag.objects.get(slug="legal")
    tag.name = "Courtroom"
    tag.save()
    assert found(world.member, "courtroom") == ["Card"]
    assert ask(world.member).facet("topic").choices[0].label == "Courtroom"


def test_a_new_address_is_followed(world: World) -> None:
    page = make_resource("Card")
    page.slug = "another"
    page.save_revision().publish()
    assert ask(world.member, "card").hits[0].url == "/resources/another/"


def test_services_are_found_by_county(world: World) -> None:
    service = Service.objects.create(name="Harbor", about="Peer mentors")
    service.counties.set(County.objects.filter(slug="essex"))
    assert found(world.member, counties=frozenset({"essex"})) == ["Harbor"]
    assert found(world.member, counties=frozenset({"bristol"})) == []
    service.delete()
    assert found(world.member, "harbor") == []


def test_guidance_is_a_type_of_its_own(world: World) -> None:
    make_resource("New rule", kind="guidance")
    assert found(world.member, kinds=frozenset({"guidance"})) == ["New rule"]


def test_the_command_makes_everything_anew(world: World) -> None:
    make_resource("Card")
    index.forget("resource", ResourcePage.objects.get().pk)
    assert found(world.member, "card") == []
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert found(world.member, "card") == ["Card"]
    assert out.getvalue() == "1 records\n"


def test_the_nightly_job_writes_only_what_differs(world: World) -> None:
    one, two = make_resource("Aaa one"), make_resource("Aaa two")
    before = dict(SearchRecord.objects.values_list("object_id", "pk"))
    ResourcePage.objects.filter(pk=two.pk).update(line="Another line")
    index.compare_with_the_database()
    after = dict(SearchRecord.objects.values_list("object_id", "pk"))
    assert after[str(one.pk)] == before[str(one.pk)]
    assert after[str(two.pk)] != before[str(two.pk)]
    assert found(world.member, "another line") == ["Aaa two"]


def test_nobody_is_offered_or_corrected_to_what_they_may_not_see(world: World) -> None:
    make_resource("Zanzibar protocol", audience="staff")
    make_resource("Zanzibar draft", live=False)
    gone = make_resource("Zanzibar gone")
    gone.unpublish()
    ended = make_resource("Zanzibar ended")
    ResourcePage.objects.filter(pk=ended.pk).update(expire_at=timezone.now())
    index.touch("resource", ended.pk)
    settle()
    assert finder.complete("zanz", world.member) == []
    assert [hit.plain_title for hit in finder.complete("zanz", world.manager)] == [
        "Zanzibar protocol"
    ]
    assert ask(world.member, "zanzibar").total == 0
    assert ask(world.member, "zanzibat").suggestion == ""
    assert ask(world.manager, "zanzibat").suggestion == ""
    assert not ask(world.member).facet("type").choices


def test_a_move_is_followed_by_all_below(world: World) -> None:
    page = make_resource("Card")
    library = LibraryPage.objects.get()
    library.slug = "shelf"
    library.save_revision().publish()
    settle()
    assert ask(world.member, "card").hits[0].url == page.get_url()


def test_other_topics_hold_from_the_publishing_on(world: World) -> None:
    page = make_resource("Card", topics=["legal"])
    page.topics.set(["care"])
    page.save_revision().publish()
    assert found(world.member, topics=frozenset({"care"})) == ["Card"]
    assert found(world.member, topics=frozenset({"legal"})) == []


def test_kind_and_sensitivity_are_facets(world: World) -> None:
    make_resource("One", kind="checklist", sensitivity=1)
    make_resource("Two", kind="toolkit", sensitivity=2)
    assert found(world.member, forms=frozenset({"checklist"})) == ["One"]
    assert found(world.member, sensitivity=frozenset({"2"})) == ["Two"]
    results = ask(world.member)
    assert {c.label for c in results.facet("kind").choices} == {"Checklist", "Toolkit"}
    assert [c.value for c in results.facet("sensitivity").choices] == ["1", "2"]


def test_half_the_words_are_better_than_nothing(world: World) -> None:
    make_resource("Consent card")
    results = ask(world.member, "consent zebra")
    assert ([hit.plain_title for hit in results.hits], results.is_loose) == (["Consent card"], True)
    assert ask(world.member, "zebra giraffe").hits == ()
