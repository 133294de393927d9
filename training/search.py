"""What search knows of modules and pathways."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from portal.core.blocks import plain_text
from portal.people.models import Discipline
from portal.search import index, principals, registry
from portal.search.records import Record, tags
from training.blocks import SENSITIVE
from training.models import ModulePage, PathwayPage


@registry.register
class ModuleSource(registry.PageSource):
    """Modules, those in preparation included. Of a sensitive lesson the other version is read, so
    that no excerpt shows what the content note was for."""

    name = "module"
    kinds = {"module": _("Module")}
    model = ModulePage

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().prefetch_related("tagged_items__tag", "disciplines")

    def to_record(self, obj: ModulePage) -> Record:
        disciplines = list(obj.disciplines.all()) or list(Discipline.objects.all())
        return Record(
            title=obj.title,
            summary=obj.summary,
            body=" ".join(_texts(obj)),
            url=obj.get_url() or "",
            kind="module",
            dated_at=obj.last_published_at or timezone.now(),
            expires_at=obj.expire_at,
            sensitivity=obj.sensitivity,
            topics=tags(obj),
            disciplines=[(d.slug, d.name) for d in disciplines],
            principals=principals.of_audience(obj.audience),
        )


@registry.register
class PathwaySource(registry.PageSource):
    name = "pathway"
    kinds = {"pathway": _("Pathway")}
    model = PathwayPage

    def to_record(self, obj: PathwayPage) -> Record:
        return Record(
            title=obj.title,
            summary=obj.summary,
            url=obj.get_url() or "",
            kind="pathway",
            dated_at=obj.last_published_at or timezone.now(),
            principals=principals.of_audience(obj.audience),
        )


def _texts(page: ModulePage) -> Iterator[str]:
    yield page.code
    yield plain_text(page.objectives)
    yield plain_text(page.planned_lessons)
    for child in page.lessons:
        is_sensitive = int(child.value["sensitivity"]) >= SENSITIVE
        yield child.value["title"]
        yield plain_text(child.value["alternative" if is_sensitive else "body"])


@receiver(post_save, sender=Tag)
def follow_the_name_of_a_topic(sender: Any, instance: Tag, **kwargs: Any) -> None:
    pages = ModulePage.objects.live().filter(tagged_items__tag=instance)
    index.touch_all("module", pages.values_list("pk", flat=True))
