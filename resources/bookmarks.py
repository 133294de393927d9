"""Bookmarks: a person's own list of pages to find again."""

from django.db import transaction
from django.db.models import QuerySet

from portal.people.models import User
from resources.models import Bookmark, ResourcePage


class NotReadable(Exception):
    """The page is not one that the person may read."""


@transaction.atomic
def add(*, page: ResourcePage, by: User) -> None:
    """Mark a page, once. NotReadable when the person may not read it."""
    if not ResourcePage.objects.visible_to(by).filter(pk=page.pk).exists():
        raise NotReadable
    if not is_marked(page, by):
        Bookmark.objects.get_or_create(page=page, person=by)


def remove(*, page: ResourcePage, by: User) -> None:
    """Take the mark off; harmless when there is none."""
    Bookmark.objects.visible_to(by).filter(page=page).delete()


def is_marked(page: ResourcePage, user: User) -> bool:
    return Bookmark.objects.visible_to(user).filter(page=page).exists()


def pages(user: User) -> QuerySet[ResourcePage]:
    """Return the marked pages that the person may still read, by title."""
    marked = Bookmark.objects.visible_to(user).values("page_id")
    found: QuerySet[ResourcePage] = ResourcePage.objects.visible_to(user).filter(pk__in=marked)
    return found.order_by("title", "pk")
