"""Sample initiatives, highlights, office hours and forums; facts as their sources have them."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from portal.people.models import Center, User
from resources import forums, highlights, initiatives
from resources.content_loader import load_facts
from resources.models import (
    Highlight,
    Initiative,
    InitiativeDocument,
    Milestone,
    OfficeHour,
    ResourcePage,
)
from resources.models.highlight import CHECKS

CONTENT = Path(__file__).parent / "content" / "statewide.toml"
People = Mapping[str, User]


def load_statewide(people: People, now: datetime) -> None:
    """Load what is missing of `content/statewide.toml`, with days counted from `now`."""
    content = tomllib.loads(CONTENT.read_text("utf-8"))
    load_facts()
    for row in content["office_hours"]:
        _load_hour(dict(row), timezone.localdate(now))
    for row in content["initiatives"]:
        if not Initiative.objects.filter(slug=row["slug"]).exists():
            _load_initiative(dict(row), people, now)
    for row in content["highlights"]:
        _load_highlight(row, people, now)
    for row in content["forums"]:
        _load_forum(dict(row), people["manager"], now)


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo:{name}")


def _load_hour(row: dict[str, Any], today: date) -> None:
    days = row.pop("in_days", None)
    day = today + timedelta(days=days) if days else None
    OfficeHour.objects.get_or_create(note=row.pop("note"), defaults={"day": day, **row})


def _load_initiative(row: dict[str, Any], people: People, now: datetime) -> None:
    milestones, updates = row.pop("milestones"), row.pop("updates")
    pages = ResourcePage.objects.filter(slug__in=row.pop("documents", []))
    owner = people[row.pop("owner")]
    made = Initiative.objects.create(owner=owner, **row)
    today = timezone.localdate(now)
    for text, due, done in milestones:
        done_on = today + timedelta(days=done) if done else None
        Milestone.objects.create(
            initiative=made, text=text, due_on=today + timedelta(days=due), done_on=done_on
        )
    for page in pages:
        InitiativeDocument.objects.create(initiative=made, page=page)
    for days, text in updates:
        at = now + timedelta(days=days)
        initiatives.tell(made, text=text, by=owner, key=_key(f"{made.slug}{days}"), at=at)


def _load_highlight(row: dict[str, Any], people: People, now: datetime) -> None:
    key, at = _key(row["title"]), now - timedelta(days=row["days_ago"])
    if Highlight.objects.filter(key=key).exists():
        return
    center = Center.objects.filter(slug=row.get("center", "")).first()
    content = highlights.Content(row["title"], row["text"], center, dict.fromkeys(CHECKS, True))
    author, second = people["specialist"], people["manager"]
    made = highlights.write(content, by=author, key=key, at=at - timedelta(days=2))
    made = highlights.submit(made, by=author, at=at - timedelta(days=1))
    highlights.approve(made, by=second, version=made.version, at=at)


def _load_forum(row: dict[str, Any], manager: User, now: datetime) -> None:
    at = now - timedelta(days=row.pop("days_ago"))
    content = forums.Content(happened_on=timezone.localdate(at), **row)
    forums.record(content, by=manager, key=_key(row["title"]), at=at)
