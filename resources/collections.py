"""The collections of the library, each with the pages that the person may read."""

from typing import Any

from django.db.models import Prefetch

from resources.models import CollectionEntry, ResourceCollection, ResourcePage


def readable_by(user: Any) -> list[tuple[ResourceCollection, list[ResourcePage]]]:
    """Return each collection with its pages in their order; one without any is left out."""
    pages = ResourcePage.objects.visible_to(user)
    entries = CollectionEntry.objects.filter(page__in=pages.values("pk")).select_related("page")
    light = entries.defer("page__body", "page__sources").order_by("sort_order", "pk")
    found = ResourceCollection.objects.prefetch_related(Prefetch("entries", queryset=light))
    listed = [(each, [entry.page for entry in each.entries.all()]) for each in found]
    return [(each, pages) for each, pages in listed if pages]
