"""What search knows of initiatives and highlights."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.search import index, principals, registry
from portal.search.records import Record
from resources.models import Highlight, Initiative, Milestone

SUMMARY = 200


@registry.register
class InitiativeSource(registry.Source):
    """Statewide initiatives, each for its audience."""

    name = "initiative"
    kinds = {"initiative": _("Initiative")}
    model = Initiative

    def queryset(self) -> QuerySet[Any]:
        return Initiative.objects.prefetch_related("milestones", "updates")

    def to_record(self, obj: Initiative) -> Record:
        texts = [step.text for step in obj.milestones.all()]
        texts += [update.text for update in obj.updates.all()]
        return Record(
            title=obj.name,
            summary=obj.aim[:SUMMARY],
            body=" ".join([obj.aim, *texts]),
            url=obj.get_absolute_url(),
            kind="initiative",
            dated_at=obj.updated_at,
            principals=principals.of_audience(obj.audience),
        )


@registry.register
class HighlightSource(registry.Source):
    """Published highlights: members may see all of them."""

    name = "highlight"
    kinds = {"highlight": _("Highlight")}
    model = Highlight

    def queryset(self) -> QuerySet[Any]:
        return Highlight.objects.published()

    def to_record(self, obj: Highlight) -> Record:
        return Record(
            title=obj.title,
            summary=obj.text[:SUMMARY],
            body=obj.text,
            url=obj.get_absolute_url(),
            kind="highlight",
            dated_at=obj.published_at or obj.written_at,
            principals=[principals.MEMBER],
        )


@receiver([post_save, post_delete], sender=Milestone)
def follow_the_milestones(sender: Any, instance: Milestone, **kwargs: Any) -> None:
    index.touch("initiative", instance.initiative_id)
