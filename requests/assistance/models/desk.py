"""What helps the staff at their desk: passages to reply with, and who covers which topics."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from taggit.managers import TaggableManager

from assistance.models.choices import topic_label
from portal.people.models import User
from portal.people.models.dated import Dated


class Passage(models.Model):
    """A short text that replies use again. Screened when it is kept, and again in each reply."""

    title = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    topics = TaggableManager(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    used_count = models.PositiveIntegerField(default=0, help_text="How often it was inserted")
    key = models.UUIDField(unique=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def topic_words(self) -> list[str]:
        return [topic_label(tag.name) for tag in self.topics.all()]


class SpecialistSeat(Dated):
    """A person covers topics from a day to a day. It suggests; whoever may answer is a role."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    topics = TaggableManager()
    capacity = models.CharField(max_length=140, blank=True)
    key = models.UUIDField(unique=True)

    class Meta(Dated.Meta):
        ordering: ClassVar = ["user__last_name", "user__first_name", "pk"]

    def __str__(self) -> str:
        return f"Seat of {self.user_id}"

    @property
    def topic_words(self) -> list[str]:
        return [topic_label(tag.name) for tag in self.topics.all()]
