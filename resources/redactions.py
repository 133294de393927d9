"""What the library keeps of a page's texts beside the page: suggestions, answers, versions."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from portal.core.redaction import registry, shapes
from portal.core.redaction.shapes import Fields
from resources.models import (
    GuidanceVersion,
    PageSuggestion,
    ResourceCollection,
    ResourcePage,
    TopicSynonym,
    UsefulnessAnswer,
    UsefulnessHeld,
)


def _of_page(page: ResourcePage) -> Iterator[Model]:
    yield from PageSuggestion.objects.filter(page=page)
    yield from UsefulnessAnswer.objects.filter(page=page)
    yield from UsefulnessHeld.objects.filter(page=page)
    yield from GuidanceVersion.objects.filter(page=page.pk)
    yield from ResourceCollection.objects.filter(entries__page=page)


def _of_tag(tag: Tag) -> Iterator[Model]:
    yield from TopicSynonym.objects.filter(tag=tag)


def _plain(*names: str) -> Fields:
    return dict.fromkeys(names, shapes.plain)


def register() -> None:
    registry.texts(PageSuggestion, _("a suggested edit"), _plain("text", "answer"))
    registry.texts(UsefulnessAnswer, _("what a reader said"), _plain("text"))
    registry.texts(UsefulnessHeld, _("what readers said"), {"answers": shapes.tree()})
    registry.texts(GuidanceVersion, _("what changed"), _plain("what_changed"))
    registry.texts(ResourceCollection, _("a collection"), _plain("title", "line"))
    synonym = {"name": shapes.plain, "slug": shapes.address}
    registry.texts(TopicSynonym, _("another word for a topic"), synonym)
    registry.leads(ResourcePage, _of_page)
    registry.leads(Tag, _of_tag)
