"""Publications in the audit: who put a page online or took it off; ids only, never its title."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from portal.core import events, reference
from portal.people.models import User


@receiver(page_published)
def note_published(sender: Any, instance: Page, revision: Any = None, **kwargs: Any) -> None:
    if reference.is_loading():
        return
    who = revision.user if revision is not None else None
    events.record(
        "publishing.published",
        actor=who if isinstance(who, User) else None,
        subject=Page(pk=instance.pk),
        revision=revision.pk if revision is not None else None,
    )


@receiver(page_unpublished)
def note_unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    if reference.is_loading():
        return
    events.record("publishing.unpublished", actor=None, subject=Page(pk=instance.pk))
