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
from portal.search.query import Query
from resources.models import LibraryPage, ResourcePage, Service
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db


def found(user: User, text: str = "", **fields: object) -> list[str]:
    results = finder.find(Query(text=text, **fields), user)  # type: ignore[arg-type]
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
    assert not finder.find(Query(), world.manager).facet("type").choices


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
    choices = finder.find(Query(), world.member).facet("type").choices
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
    assert finder.find(Query(text="consent"), world.member).hits == ()
    index.compare_with_the_database()
    assert finder.find(Query(text="consent"), world.member).total == 0


def test_a_renamed_topic_is_found_by_its_new_name(world: World) -> None:
    make_resource("Card", topics=["legal"])
    tag = Tag.objects.get(slug="legal")
    tag.name = "Courtroom"
    tag.save()
    assert found(world.member, "courtroom") == ["Card"]
    assert finder.find(Query(), world.member).facet("topic").choices[0].label == "Courtroom"


def test_a_new_address_is_followed(world: World) -> None:
    page = make_resource("Card")
    page.slug = "another"
    page.save_revision().publish()
    assert finder.find(Query(text="card"), world.member).hits[0].url == "/resources/another/"


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
