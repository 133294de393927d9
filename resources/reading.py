"""Guidance that must be read: what is open for a person, and saying that one read it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from portal.core import events
from portal.people.aliases import person_ids
from portal.people.models import User
from resources.models import (
    Acknowledgement,
    GuidanceVersion,
    MustRead,
    PublishedVersion,
    ResourcePage,
)
from resources.models.reading import asked_at


class NotAsked(Exception):
    """The page is not one that the person must read."""


class Changed(Exception):
    """Another version was published meanwhile: read that one."""


def open_for(user: User) -> QuerySet[ResourcePage]:
    """Return what the person has not said yet that they read, the longest asked first.

    Each page has `asked_at`.
    """
    pages = ResourcePage.objects.unread_by(user).annotate(asked_at=asked_at())
    waiting: QuerySet[ResourcePage] = pages.order_by("asked_at", "pk")
    return waiting


def read_by(user: User) -> QuerySet[Acknowledgement]:
    """Return what the person said they read, the latest first."""
    rows = Acknowledgement.objects.filter(person__in=person_ids(user), page__isnull=False)
    return rows.select_related("page").order_by("-acknowledged_at", "-pk")


@transaction.atomic
def acknowledge(*, page: ResourcePage, version: str, by: User) -> bool:
    """Note once that the person read a version; False when it was noted already.

    NotAsked when nobody asked it of them, Changed when it is not the version of today.
    """
    asked = ResourcePage.objects.must_be_read_by(by).filter(pk=page.pk)
    now = asked.values_list("version", flat=True).first()
    if now is None:
        raise NotAsked
    if now != version:
        raise Changed
    said = Acknowledgement.objects.filter(page=page.pk, version=version)
    if said.filter(person__in=person_ids(by)).exists():
        return False
    _row, made = Acknowledgement.objects.get_or_create(person=by, page_id=page.pk, version=version)
    if made:
        events.record("resources.acknowledged", actor=by, subject=page)
    return made


@receiver(page_published, sender=ResourcePage)
def count_the_version(sender: Any, instance: ResourcePage, **kwargs: Any) -> None:
    """A version counts in the reports on the day it is published first."""
    known = PublishedVersion.objects.filter(page=instance.pk)
    PublishedVersion.objects.get_or_create(
        page_id=instance.pk,
        version=instance.version,
        defaults={
            "kind": instance.kind,
            "is_first": not known.exists(),
            "published_at": instance.last_published_at or timezone.now(),
        },
    )


@receiver(page_published, sender=ResourcePage)
def note_the_version(sender: Any, instance: ResourcePage, **kwargs: Any) -> None:
    """A version that must be read is noted when it is published first; from then on it is asked."""
    if instance.must_read == MustRead.NOBODY:
        return
    GuidanceVersion.objects.get_or_create(
        page_id=instance.pk,
        version=instance.version,
        defaults={"what_changed": instance.what_changed, "effective_on": instance.effective_on},
    )
