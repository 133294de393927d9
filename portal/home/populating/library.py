"""Resources made from the real ones: rows of the page tables, their topics and professions."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from portal.home.populating import copying, words
from portal.people.models import Discipline
from resources.models import LibraryPage, PublishedVersion, ResourcePage, ResourceTopic, Topic
from resources.models.choices import MustRead

PAGES = [f.attname for f in Page._meta.local_concrete_fields]
OWN = [f.attname for f in ResourcePage._meta.local_concrete_fields]
PROFESSIONS = ResourcePage.disciplines.through
MOST_STEPS = 36**Page.steplen - 1


def fill(count: int, chance: Random) -> None:
    """Copy published resources below the library until there are `count` more."""
    library = LibraryPage.objects.get()
    patterns = list(
        ResourcePage.objects.live().filter(must_read=MustRead.NOBODY, replaces=None).order_by("pk")
    )
    last = max(int(p.path[-Page.steplen :], 36) for p in library.get_children())
    if not patterns or last + count > MOST_STEPS:
        raise ValueError("The library has no room or no pattern for so many resources.")
    first = copying.first_id(Page)
    made = [(first + n, patterns[chance.randrange(len(patterns))]) for n in range(count)]
    now = timezone.now()
    with transaction.atomic():
        copying.write(
            Page,
            PAGES,
            (_page(pk, p, library, last + 1 + n, chance) for n, (pk, p) in enumerate(made)),
        )
        copying.write(ResourcePage, OWN, (_own(pk, pattern) for pk, pattern in made))
        library.numchild += count
        library.save(update_fields=["numchild"])
    ids = [pk for pk, _pattern in made]
    topics = list(Topic.objects.order_by("pk").values_list("pk", flat=True))
    copying.write(
        ResourceTopic,
        ["content_object_id", "tag_id"],
        ((pk, topic) for pk in ids for topic in chance.sample(topics, min(2, len(topics)))),
    )
    professions = list(Discipline.objects.values_list("pk", flat=True))
    copying.write(
        PROFESSIONS,
        ["resourcepage_id", "discipline_id"],
        ((pk, chance.choice(professions)) for pk in ids),
    )
    copying.write(
        PublishedVersion,
        ["page_id", "version", "kind", "is_first", "published_at"],
        (
            (pk, pattern.version, pattern.kind, True, now - timedelta(days=chance.randrange(1800)))
            for pk, pattern in made
        ),
    )


def _page(
    pk: int, pattern: ResourcePage, library: LibraryPage, step: int, chance: Random
) -> Sequence[object]:
    title, slug = words.subject(chance, pk)[:200], f"in-bulk-{pk}"
    values = {name: getattr(pattern, name) for name in PAGES}
    values |= {
        "id": pk,
        "path": Page._get_path(library.path, library.depth + 1, step),
        "title": title,
        "draft_title": title,
        "slug": slug,
        "url_path": f"{library.url_path}{slug}/",
        "translation_key": uuid4(),
        "latest_revision_id": None,
        "live_revision_id": None,
    }
    return [values[name] for name in PAGES]


def _own(pk: int, pattern: ResourcePage) -> Sequence[object]:
    fields = ResourcePage._meta.local_concrete_fields
    values = {f.attname: f.get_prep_value(getattr(pattern, f.attname)) for f in fields}
    return [{**values, "page_ptr_id": pk}[name] for name in OWN]
