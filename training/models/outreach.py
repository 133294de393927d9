"""Talks given to people who have no account: counted, never named."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.people import roles, scope
from training.models.session import LiveSession


class TalkQuerySet(models.QuerySet["OutreachTalk"]):
    def visible_to(self, user: Any) -> Self:
        """Keep those of the centers one coordinates and those one logged; all for the manager."""
        if not roles.is_member(user):
            return self.none()
        if scope.is_statewide(user):
            return self
        return self.filter(Q(center__in=scope.center_ids(user)) | Q(recorded_by=user))

    def standing(self) -> Self:
        """Leave out what was corrected since, and what was taken back."""
        return self.filter(correction__isnull=True, is_void=False)

    def with_heads(self) -> Self:
        """Add `heads`, the number of people there; the latest first."""
        # Said anew, since a query that groups forgets the order of its table.
        return self.annotate(heads=Sum("counts__people", default=0)).order_by("-happened_on", "-pk")


class OutreachTalk(models.Model):
    """One talk. Insert-only: a correction is a row of its own that points at the one it replaces;
    a void one takes it back. `happened_on` is a day in America/New_York.
    """

    title = models.CharField(max_length=120)
    happened_on = models.DateField(db_index=True)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=12, choices=LiveSession.Mode)
    topics = models.JSONField(default=list)
    center = models.ForeignKey("people.Center", models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey("people.County", models.PROTECT, null=True, related_name="+")
    funding = models.CharField(max_length=8, choices=Funding, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="correction", help_text="What it replaces"
    )
    is_void = models.BooleanField(default=False)

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-happened_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="talk_minutes"
            ),
            models.CheckConstraint(
                condition=Q(is_void=False) | Q(corrects__isnull=False),
                name="void_talk_takes_one_back",
            ),
        ]

    def __str__(self) -> str:
        return f"Talk {self.pk}"


class TalkCount(models.Model):
    """How many people of one profession or audience heard a talk. Insert-only with it."""

    class Audience(models.TextChoices):
        PROFESSION = "profession", _("Professionals of a discipline")
        COMMUNITY = "community", _("Community members")
        CAREGIVERS = "caregivers", _("Parents and caregivers")
        STUDENTS = "students", _("Students and young people")
        OTHER = "other", _("Others")

    talk = models.ForeignKey(OutreachTalk, models.PROTECT, related_name="counts")
    audience = models.CharField(max_length=12, choices=Audience)
    discipline = models.ForeignKey("people.Discipline", models.PROTECT, null=True, related_name="+")
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["talk", "discipline"], name="profession_once_a_talk"),
            models.UniqueConstraint(
                fields=["talk", "audience"],
                condition=~Q(audience="profession"),
                name="audience_once_a_talk",
            ),
            models.CheckConstraint(
                condition=Q(audience="profession", discipline__isnull=False)
                | (~Q(audience="profession") & Q(discipline__isnull=True)),
                name="talk_count_of_profession_or_audience",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="talk_count_is_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.people} at talk {self.talk_id}"
