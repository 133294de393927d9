"""Demo data: guidance that must be read, one piece by half already; collections, answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from portal.core import insert_only
from portal.people.models import User
from resources import bookmarks, suggestions, usefulness
from resources.content_loader import publish_guidance
from resources.models import (
    Acknowledgement,
    CollectionEntry,
    GuidanceVersion,
    ResourceCollection,
    ResourcePage,
)

TEAM_MEETING = "holding-a-first-team-meeting"
COLLECTIONS = {
    "New on the team": (
        "What to read in the first week",
        ["51a-for-mdt-partners", "first-24-hours-checklist", "screening-at-a-glance"],
    ),
    "For coordinators": (
        "Protocol, meetings, partners",
        ["county-csec-mdt-protocol-template", TEAM_MEETING],
    ),
}


def load_reading(people: Mapping[str, User], now: datetime) -> None:
    """Publish the two, let half of the coordinators have read the first; twice does nothing."""
    if ResourcePage.objects.filter(slug=TEAM_MEETING).exists():
        return
    manager = people["manager"]
    first, _second = publish_guidance(manager, now)
    _as_if_published(first, now - timedelta(days=9))
    coordinators = [user for key, user in sorted(people.items()) if key.startswith("c.")]
    _read(first, coordinators[: len(coordinators) // 2], now)
    _collect()
    _answers(coordinators)
    checklist = ResourcePage.objects.get(slug="first-24-hours-checklist")
    bookmarks.add(page=checklist, by=people["advocate"])
    _suggest(people)


def _as_if_published(page: ResourcePage, when: datetime) -> None:
    with insert_only.lifted(labels=["resources.GuidanceVersion"]):
        GuidanceVersion.objects.filter(page=page.pk).update(published_at=when)


def _read(page: ResourcePage, readers: Iterable[User], now: datetime) -> None:
    Acknowledgement.objects.bulk_create(
        Acknowledgement(
            person=user,
            page_id=page.pk,
            version=page.version,
            acknowledged_at=now - timedelta(days=8 - number % 7),
        )
        for number, user in enumerate(readers)
    )


def _collect() -> None:
    for order, (title, (line, slugs)) in enumerate(COLLECTIONS.items()):
        collection = ResourceCollection.objects.create(title=title, line=line, order=order)
        for place, slug in enumerate(slugs):
            page = ResourcePage.objects.filter(slug=slug).first()
            if page is not None:
                CollectionEntry.objects.create(collection=collection, page=page, sort_order=place)


def _answers(people: Iterable[User]) -> None:
    page = ResourcePage.objects.get(slug="first-24-hours-checklist")
    texts = ["Put the order of calls on one line.", "", "It fits on one page, good.", "", ""]
    for number, (user, text) in enumerate(zip(people, texts, strict=False)):
        usefulness.give(page=page, by=user, is_useful=number != 3, text=text)


def _suggest(people: Mapping[str, User]) -> None:
    page = ResourcePage.objects.get(slug="first-24-hours-checklist")
    suggestions.suggest(
        page=page,
        kind="unclear",
        text="Say in step two who calls when the office is closed.",
        by=people["advocate"],
        key=UUID(int=timezone.localdate().toordinal()),
    )
