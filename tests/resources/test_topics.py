"""The vocabulary: renaming, other words, and two topics that become one."""

import pytest
from django.test import Client
from taggit.models import Tag

from portal.core.models import Event
from portal.people.models import User
from portal.search import finder
from portal.search.query import Query
from resources import topics
from resources.models import ResourcePage, Topic, TopicSynonym
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = "/cms/snippets/resources/topic/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def topic(slug: str) -> Topic:
    return Topic.objects.get(slug=slug)


def listed(user: User, word: str) -> list[str]:
    found = signed_in(user).get("/resources/", {"topic": word})
    return [page.title for page in found.context["page_obj"]]


def test_renaming_indexes_anew_and_keeps_the_address(world: World) -> None:
    page = make_resource(topics=["housing"])
    client = signed_in(world.manager)
    data = {"name": "A safe place", "synonyms": "shelter\nhousing", "takes_in": ""}
    answer = client.post(f"{ADMIN}edit/{topic('housing').pk}/", data)
    assert answer.status_code == 302
    assert topic("housing").name == "A safe place"
    hits = finder.find(Query(text="safe place"), world.member).hits
    assert [hit.plain_title for hit in hits] == [page.title]
    assert listed(world.member, "housing") == [page.title]
    assert Event.objects.filter(kind="resources.topic_kept").count() == 1


def test_another_word_filters_the_library(world: World) -> None:
    page = make_resource(topics=["housing"])
    make_resource("Other", topics=["legal"])
    topics.keep(topic("housing"), synonyms=["Safe Shelter", " "], by=world.manager)
    for word in ("safe-shelter", "safe shelter", "Safe  Shelter", "housing"):
        assert listed(world.member, word) == [page.title]
    assert listed(world.member, "no such topic") == []


def test_two_topics_become_one_everywhere(world: World) -> None:
    both = make_resource("Both", topics=["housing", "shelter"])
    old = make_resource("Old", topics=["shelter"])
    draft = make_resource("Draft", topics=["shelter"], live=False)
    topics.keep(topic("shelter"), synonyms=["beds"], by=world.manager)
    topics.keep(topic("housing"), synonyms=[], takes_in=topic("shelter"), by=world.manager)
    assert not Tag.objects.filter(slug="shelter").exists()
    assert {p.title for p in ResourcePage.objects.live().filter(topics__slug="housing")} == {
        "Both",
        "Old",
    }
    assert both.tagged_items.count() == 1
    assert set(TopicSynonym.objects.values_list("slug", flat=True)) == {"shelter", "beds"}
    assert listed(world.member, "shelter") == ["Both", "Old"]
    draft.latest_revision.refresh_from_db()
    draft.latest_revision.publish()
    fresh = ResourcePage.objects.get(pk=draft.pk)
    assert [tag.slug for tag in fresh.topics.all()] == ["housing"]
    assert old.title in {
        hit.plain_title for hit in finder.find(Query(text="housing"), world.member).hits
    }


def test_a_word_that_means_another_topic_is_refused(world: World) -> None:
    make_resource(topics=["housing", "legal"])
    with pytest.raises(topics.Taken):
        topics.keep(topic("housing"), synonyms=["Legal"], by=world.manager)
    topics.keep(topic("legal"), synonyms=["court"], by=world.manager)
    data = {"name": "housing", "synonyms": "court", "takes_in": ""}
    page = signed_in(world.manager).post(f"{ADMIN}edit/{topic('housing').pk}/", data)
    assert "means another topic already" in page.content.decode()
    data = {"name": "housing", "synonyms": "Docket 2031CR001234", "takes_in": "9" * 30}
    page = signed_in(world.manager).post(f"{ADMIN}edit/{topic('housing').pk}/", data)
    assert "may identify a person" in page.content.decode()
    assert TopicSynonym.objects.count() == 1


def test_only_the_manager_keeps_the_vocabulary(world: World) -> None:
    make_resource(topics=["housing"])
    for name, allowed in (("manager", True), ("deputy", True), ("author", False)):
        client = signed_in(world.people[name])
        assert (client.get(f"{ADMIN}edit/{topic('housing').pk}/").status_code == 200) == allowed
    assert signed_in(world.member).get(ADMIN).status_code == 404
