"""Pages of the library for tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from taggit.models import Tag

from portal.people.models import Discipline
from resources.models import LibraryPage, ResourcePage


def make_resource(title: str = "Screening at a glance", **fields: Any) -> ResourcePage:
    """Publish a resource. `topics` and `disciplines` are slugs; `live=False` leaves a draft."""
    topics, disciplines = fields.pop("topics", ()), fields.pop("disciplines", ())
    live = fields.pop("live", True)
    values = {
        "line": "When to screen and what comes next",
        "kind": "guide",
        "body": [("text", "<p>Talk with the team before you decide.</p>")],
        "sources": [("source", {"label": "A public page", "url": "https://example.org/"})],
        "review_by": timezone.localdate() + timedelta(days=200),
        **fields,
    }
    page = ResourcePage(title=title, live=False, **values)
    for slug in topics:
        tag, _ = Tag.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ")})
        page.topics.add(tag)
    page.disciplines = list(Discipline.objects.filter(slug__in=disciplines))
    LibraryPage.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page
