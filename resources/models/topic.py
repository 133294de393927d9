"""Topics: tags as a vocabulary that somebody keeps, each with its other words."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag


class Topic(Tag):
    """A tag, as the program manager keeps it. Modules and resources share them."""

    class Meta:
        proxy = True
        ordering: ClassVar = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TopicSynonym(models.Model):
    """Another word for a topic; who types or filters by it means the topic."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
