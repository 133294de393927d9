"""Talks for tests: an hour in Essex today, ten from the community."""

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from portal.people.models import Center, County, Discipline, User
from training import outreach
from training.models import OutreachTalk
from training.outreach import Facts, Group

COMMUNITY: Group = ("community", None)
CAREGIVERS: Group = ("caregivers", None)


def profession(slug: str) -> Group:
    return "profession", Discipline.objects.get(slug=slug).pk


def facts(*, center: str = "essex", county: str = "essex", **said: Any) -> Facts:
    defaults: dict[str, Any] = {
        "title": "Recognizing concern, for schools",
        "happened_on": timezone.localdate(),
        "minutes": 60,
        "mode": "in_person",
        "center": Center.objects.filter(slug=center).first(),
        "county": County.objects.filter(slug=county).first(),
        "people": {COMMUNITY: 10},
    }
    return Facts(**{**defaults, **said})


def make_talk(by: User, *, key: UUID | None = None, **said: Any) -> OutreachTalk:
    return outreach.log(facts(**said), by=by, key=key or uuid4())
