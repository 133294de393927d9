"""Around a page's text: language, files, bookmarks, related pages, collections."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model

from portal.people import anonymising, leaving, merging
from portal.people.models import User
from resources import bookmarks
from resources.models import (
    Bookmark,
    CollectionEntry,
    ResourceCollection,
    ResourceFile,
    ResourcePage,
)
from tests.factories import UserFactory
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_text_says_its_language_when_it_is_not_english(client: Client) -> None:
    spanish = make_resource("Tarjetas", audience="public", language="es")
    arabic = make_resource("Cards", audience="public", language="ar")
    english = make_resource("Plain", audience="public")
    assert client.get(spanish.url).content.decode().count('lang="es" dir="ltr"') == 2
    assert 'lang="ar" dir="rtl"' in client.get(arabic.url).content.decode()
    assert "dir=" not in client.get(english.url).content.decode().split("<main")[1]
    assert "Spanish" in client.get("/resources/").content.decode()


def test_a_file_stands_on_the_page_and_behind_its_audience(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    document = get_document_model()(title="Blank form")
    document.file.save("form.pdf", ContentFile(b"%PDF-1.4 test"))
    document.file_size = 2048
    document.save()
    page = make_resource(audience="coordinators")
    page.files = [
        ResourceFile(
            document=document, accessible_on=timezone.localdate(), accessible_by=world.author
        )
    ]
    with django_capture_on_commit_callbacks(execute=True):  # the index of what uses which file
        page.save_revision().publish()
    shown = signed_in(world.coordinator).get(page.url).content.decode()
    assert all(words in shown for words in ("Blank form", "PDF", "2.0\xa0KB", world.author.name))
    for name, status in (("coordinator", 200), ("member", 404), ("other_member", 404)):
        answer = signed_in(world.people[name]).get(document.url)
        assert answer.status_code == status
        if answer.streaming:
            b"".join(answer)


def test_a_newer_page_that_one_may_not_read_is_not_named(world: World) -> None:
    old = make_resource("Old one")
    make_resource("For staff alone", audience="staff", replaces=old)
    assert "For staff alone" not in signed_in(world.member).get(old.url).content.decode()
    assert "For staff alone" in signed_in(world.manager).get(old.url).content.decode()


def test_related_pages_share_topics_and_can_be_read(world: World) -> None:
    page = make_resource("Start", topics=["legal", "housing"])
    make_resource("Both", topics=["legal", "housing"])
    make_resource("One", topics=["legal"])
    make_resource("None", topics=["other"])
    make_resource("Hidden", topics=["legal"], audience="staff")
    related = signed_in(world.member).get(page.url).context["related"]
    assert [each.title for each in related] == ["Both", "One"]


def test_bookmarks_are_ones_own_and_come_and_go_by_post(world: World) -> None:
    page = make_resource("Cards", slug="cards")
    client = signed_in(world.member)
    assert client.get("/resources/cards/bookmark/").status_code == 405
    for _ in range(2):
        assert client.post("/resources/cards/bookmark/").status_code == 302
    assert Bookmark.objects.get().person == world.member
    assert "Cards" in client.get("/resources/bookmarks/").content.decode()
    other = signed_in(world.other_member)
    assert "Cards" not in other.get("/resources/bookmarks/").content.decode()
    other.post("/resources/cards/bookmark/", {"remove": "list"})
    assert Bookmark.objects.count() == 1
    assert "Remove the bookmark" in client.get(page.url).content.decode()
    client.post("/resources/cards/bookmark/", {"remove": "list"})
    assert not Bookmark.objects.exists()


def test_a_page_out_of_sight_is_not_marked_and_leaves_the_list(world: World) -> None:
    page = make_resource("Cards", slug="cards")
    bookmarks.add(page=page, by=world.member)
    page.audience = "staff"
    page.save_revision().publish()
    client = signed_in(world.member)
    assert "Cards" not in client.get("/resources/bookmarks/").content.decode()
    assert client.post("/resources/cards/bookmark/").status_code == 404
    with pytest.raises(bookmarks.NotReadable):
        bookmarks.add(page=page, by=world.other_member)


def test_bookmarks_follow_a_merge_and_go_when_a_person_is_anonymised(world: World) -> None:
    alias = UserFactory(center="essex")
    page = make_resource()
    bookmarks.add(page=page, by=alias)
    merging.merge(alias, world.member, by=world.manager)
    assert list(bookmarks.pages(world.member)) == [page]
    bookmarks.add(page=page, by=world.member)
    assert Bookmark.objects.count() == 1
    leaving.leave(world.member, by=world.manager)
    if User.objects.get(pk=alias.pk).is_active:
        User.objects.filter(pk=alias.pk).update(is_active=False)
    anonymising.anonymise(User.objects.get(pk=world.member.pk), by=world.manager)
    assert not Bookmark.objects.exists()


def test_a_collection_shows_its_pages_in_order_to_who_may_read_them(world: World) -> None:
    pages = [make_resource(title, audience=a) for title, a in (("B", "members"), ("A", "staff"))]
    collection = ResourceCollection.objects.create(title="First week", line="Start here")
    for place, page in enumerate(pages):
        CollectionEntry.objects.create(collection=collection, page=page, sort_order=place)
    hidden = ResourceCollection.objects.create(title="For staff")
    CollectionEntry.objects.create(collection=hidden, page=pages[1])
    seen = signed_in(world.member).get("/resources/").context["collections"]
    assert [(c.title, [p.title for p in found]) for c, found in seen] == [("First week", ["B"])]
    whole = signed_in(world.manager).get("/resources/").context["collections"]
    assert [p.title for c, found in whole for p in found if c == collection] == ["B", "A"]
    assert signed_in(world.member).get("/resources/?kind=guide").context["collections"] == []


def test_the_manager_makes_a_collection_in_the_admin(world: World) -> None:
    page = make_resource("Cards")
    data = {
        "title": "First week",
        "line": "Start here",
        "order": "0",
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "0",
        "entries-MIN_NUM_FORMS": "0",
        "entries-MAX_NUM_FORMS": "1000",
        "entries-0-page": str(page.pk),
        "entries-0-ORDER": "1",
    }
    url = "/cms/snippets/resources/resourcecollection/add/"
    assert signed_in(world.author).post(url, data).status_code in (302, 403)
    assert not ResourceCollection.objects.exists()
    client = signed_in(world.manager)
    assert client.post(url, {**data, "title": "SSN 123-45-6789"}).status_code == 200
    assert client.post(url, data).status_code == 302
    assert ResourceCollection.objects.get().entries.get().page == page


def test_the_lists_cost_the_same_at_any_size(world: World) -> None:
    client = signed_in(world.member)

    def count(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        return len(found)

    def more(start: int, end: int) -> None:
        collection = ResourceCollection.objects.create(title=f"C{start}")
        for n in range(start, end):
            page = make_resource(f"P{n}")
            bookmarks.add(page=page, by=world.member)
            CollectionEntry.objects.create(collection=collection, page=page)

    paths = ("/resources/bookmarks/", "/resources/")
    more(0, 2)
    few = [count(path) for path in paths]
    more(2, 12)
    assert [count(path) for path in paths] == few
    assert ResourcePage.objects.count() == 12
