"""What search knows of the library and the directory."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from portal.people.models import Discipline
from portal.search import index, principals, registry
from portal.search.records import Record, tags
from resources.models import Kind, ResourcePage, Service


@registry.register
class ResourceSource(registry.PageSource):
    """Pages of the library; guidance is a kind of its own."""

    name = "resource"
    kinds = {"resource": _("Resource"), "guidance": _("Guidance")}
    model = ResourcePage

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().prefetch_related("tagged_items__tag", "disciplines")

    def to_record(self, obj: ResourcePage) -> Record:
        disciplines = list(obj.disciplines.all()) or list(Discipline.objects.all())
        return Record(
            title=obj.title,
            summary=obj.line,
            body=obj.plain_text(),
            url=obj.get_url() or "",
            kind="guidance" if obj.kind == Kind.GUIDANCE else "resource",
            dated_at=obj.last_published_at or timezone.now(),
            expires_at=obj.expire_at,
            sensitivity=obj.sensitivity,
            form=(obj.kind, str(obj.get_kind_display())),
            topics=tags(obj),
            disciplines=[(d.slug, d.name) for d in disciplines],
            principals=principals.of_audience(obj.audience),
        )


@registry.register
class ServiceSource(registry.Source):
    """Entries of the directory: members may see all of them."""

    name = "service"
    kinds = {"service": _("Service")}
    model = Service

    def queryset(self) -> QuerySet[Any]:
        return Service.objects.prefetch_related("counties", "languages")

    def to_record(self, obj: Service) -> Record:
        return Record(
            title=obj.name,
            summary=obj.about,
            body=" ".join(
                [
                    str(obj.get_category_display()),
                    obj.eligibility,
                    obj.how_to_refer,
                    *(language.name for language in obj.languages.all()),
                ]
            ),
            url=obj.get_absolute_url(),
            kind="service",
            dated_at=obj.updated_at,
            counties=[(c.slug, c.name) for c in obj.counties.all()],
            principals=[principals.MEMBER],
        )


@receiver(post_save, sender=Tag)  # `topics.keep` saves the tag after each change
def follow_the_name_of_a_topic(sender: Any, instance: Tag, **kwargs: Any) -> None:
    pages = ResourcePage.objects.live().filter(tagged_items__tag=instance)
    index.touch_all("resource", pages.values_list("pk", flat=True))


@receiver(m2m_changed, sender=Service.counties.through)
@receiver(m2m_changed, sender=Service.languages.through)
def follow_counties_and_languages(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Service):
        index.touch("service", instance.pk)
