"""What changed in the last seven days, for the manager: numbers with the pages they stand on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import queues
from portal.people.models import User
from portal.people.models.person import UserQuerySet
from resources.models import ResourcePage
from training.models import LiveSession, ModulePage, ModuleRelease

WEEK = timedelta(days=7)
NAMES = {
    "pages": (_("Pages published"), "library", ""),
    "modules": (_("Modules released"), "catalogue", ""),
    "people": (_("People joined"), "team", ""),
    "received": (_("Requests received"), "assistance:requests", "?view=open"),
    "closed": (_("Requests ended"), "assistance:requests", "?view=closed"),
    "sessions": (_("Sessions held"), "sessions", ""),
}


@dataclass(frozen=True, slots=True)
class News:
    """One number; `label` says of what, `path` where it stands."""

    label: Any
    path: str
    count: int


def sets(user: User) -> dict[str, QuerySet[Any]]:
    """Return the rows of each number; a page or module counts once, however often it came out."""
    now = timezone.now()
    since = now - WEEK
    released = ModuleRelease.objects.filter(page=OuterRef("pk"), released_at__gte=since)
    library = ResourcePage.objects.visible_to(user)
    return {
        "pages": library.filter(last_published_at__gte=since),
        "modules": ModulePage.objects.visible_to(user).filter(Exists(released)),
        "people": UserQuerySet(User).visible_to(user).joined().filter(joined_at__gte=since),
        "received": queues.submitted_between(since, now).visible_to(user),
        "closed": queues.ended_between(since, now).visible_to(user),
        "sessions": LiveSession.objects.visible_to(user)
        .past(now)
        .standing()
        .filter(starts_at__gte=since),
    }


def of(counts: Mapping[str, int]) -> Sequence[News]:
    return [
        News(label, f"{reverse(page)}{query}", counts[name])
        for name, (label, page, query) in NAMES.items()
    ]
