"""No page costs a query more when the library has ten thousand resources instead of a hundred."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from portal.search import index
from portal.search.models import SearchRecord
from resources.models import LibraryPage, ResourcePage, ResourceTopic
from tests.forgetting import forget_everything
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/resources/",
    "/resources/?topic=legal&page=2",
    "/resources/?kind=guide&sort=newest",
    "/resources/pattern/",
    "/search/?q=consent",
    "/search/?q=consent&topic=legal&page=2",
    "/search/?q=conzent",
    "/",
)


def copy_until(size: int, pattern: ResourcePage, topic: int) -> None:
    """Copy a published page, as often as is lacking; a row each in three tables, and in search."""
    library = LibraryPage.objects.get()
    have = ResourcePage.objects.count()
    page = Page.objects.get(pk=pattern.pk)
    values = {f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields}
    del values["id"]
    copies = [
        Page(
            **{
                **values,
                "path": Page._get_path(library.path, library.depth + 1, 1000 + number),
                "title": f"Consent in team notes, part {number}",
                "slug": f"copy-{number}",
                "url_path": f"{library.url_path}copy-{number}/",
                "translation_key": uuid4(),
            }
        )
        for number in range(have, size)
    ]
    Page.objects.bulk_create(copies, batch_size=500)
    quote = connection.ops.quote_name
    own = [quote(f.column) for f in ResourcePage._meta.local_concrete_fields if not f.primary_key]
    table, pages = quote(ResourcePage._meta.db_table), quote(Page._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {', '.join(own)}) "
            f"SELECT p.id, {', '.join(f'r.{name}' for name in own)} FROM {pages} p, {table} r "
            "WHERE r.page_ptr_id = %s AND p.slug LIKE %s AND p.path >= %s",
            [pattern.pk, "copy-%", copies[0].path],
        )
    made = list(Page.objects.filter(path__gte=copies[0].path, slug__startswith="copy-"))
    ResourceTopic.objects.bulk_create(
        [ResourceTopic(content_object_id=copy.pk, tag_id=topic) for copy in made], batch_size=500
    )
    library.numchild = size
    library.save(update_fields=["numchild"])
    index.touch_all("resource", [copy.pk for copy in made])


def queries(client: Client, url: str) -> int:
    forget_everything()
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_hundred_and_ten_thousand_resources_cost_the_same_queries(world: World) -> None:
    pattern = make_resource("Pattern", topics=["legal"])
    topic = pattern.tagged_items.get().tag_id
    client = Client()
    client.force_login(world.member)
    copy_until(100, pattern, topic)
    for url in ADDRESSES:
        client.get(url)  # what is made once, a use of the page say, is made
    few = {url: queries(client, url) for url in ADDRESSES}
    copy_until(10_000, pattern, topic)
    assert ResourcePage.objects.live().count() == 10_000
    assert SearchRecord.objects.filter(source="resource").count() == 10_000
    assert {url: queries(client, url) for url in ADDRESSES} == few
    assert max(few.values()) <= 70
