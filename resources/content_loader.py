"""Publishing the written resources and the directory; what is there already stays untouched."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from taggit.models import Tag

from portal.core.models import Effect
from portal.people.models import County, Discipline, User
from resources import announcing
from resources.models import Fact, LibraryPage, MustRead, ResourcePage, Service

CONTENT = Path(__file__).parent / "content"


def load(owner: User | None, now: datetime) -> int:
    """Publish every resource that is not there yet, in effect from `now`; return how many."""
    library = LibraryPage.objects.get()
    have = set(ResourcePage.objects.values_list("slug", flat=True))
    wanted = [r for r in _read("resources.toml")["resources"] if r["slug"] not in have]
    for entry in wanted:
        _publish(library, entry, owner, now)
    # Nobody is mailed about what the portal begins with.
    Effect.objects.filter(kind=announcing.KIND, done_at=None).update(done_at=timezone.now())
    load_directory()
    return len(wanted)


def publish_guidance(owner: User, now: datetime) -> list[ResourcePage]:
    """Publish the demo's guidance, which asks to be read; what is there stays. Return all of it."""
    entries = _read("demo_guidance.toml")["resources"]
    for entry in entries:
        if not ResourcePage.objects.filter(slug=entry["slug"]).exists():
            _publish(LibraryPage.objects.get(), entry, owner, now)
    Effect.objects.filter(kind=announcing.KIND, done_at=None).update(done_at=timezone.now())
    return [ResourcePage.objects.get(slug=entry["slug"]) for entry in entries]


def load_directory() -> None:
    """Add the services that are not there yet, each flagged to be verified before use."""
    counties = {county.slug: county for county in County.objects.all()}
    for entry in _read("directory.toml")["services"]:
        slugs = entry.pop("counties", [])
        service, made = Service.objects.get_or_create(name=entry.pop("name"), defaults=entry)
        if made:
            service.counties.set([counties[slug] for slug in slugs])


def load_facts() -> None:
    """Add the facts that are not there yet; nobody has looked them up for the portal."""
    for position, entry in enumerate(_read("facts.toml")["facts"]):
        statement = entry.pop("statement")
        defaults = {"position": position, **entry}
        Fact.objects.get_or_create(statement=statement, defaults=defaults)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text("utf-8"))


@transaction.atomic
def _publish(
    library: LibraryPage, entry: dict[str, Any], owner: User | None, now: datetime
) -> None:
    today = timezone.localtime(now).date()
    page = ResourcePage(
        **{name: entry[name] for name in ("slug", "title", "line", "kind", "audience")},
        sensitivity=entry["sensitivity"],
        must_read=entry.get("must_read", MustRead.NOBODY),
        version=entry["version"],
        source=entry["source"],
        effective_on=today,
        review_by=today + timedelta(days=365 * entry["review_by_months"] // 12),
        body=[_block(block) for block in entry["blocks"]],
        sources=[("source", source) for source in entry["sources"]],
        owner=owner,
        kept_by=owner,
    )
    for slug in entry["topics"]:
        name = slug.replace("-", " ")
        tag = Tag.objects.filter(slug=slug).first() or Tag.objects.create(name=name, slug=slug)
        page.topics.add(tag)
    page.disciplines = list(Discipline.objects.filter(slug__in=entry["disciplines"]))
    page.live = False
    library.add_child(instance=page)
    revision = page.save_revision(user=owner)
    revision.publish(user=owner, skip_permission_checks=True)


def _block(block: dict[str, Any]) -> tuple[str, Any]:
    if block["type"] == "text":
        return "text", block["html"].strip()
    value = {key: block[key] for key in ("title", "text", "items") if key in block}
    return block["type"], value
