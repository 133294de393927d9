"""Statewide initiatives: who owns them, how far they are, and what is new."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.core.privacy.validators import validate_screened
from portal.people.audience import Audience, readable_q


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def visible_to(self, user: Any) -> Self:
        """Keep those whose audience the person belongs to."""
        return self.filter(readable_q(user))

    def with_progress(self) -> Self:
        """Add `steps`, `steps_done` and `steps_late` (due before today, America/New_York)."""
        late = models.Q(milestones__done_on=None, milestones__due_on__lt=timezone.localdate())
        done = models.Q(milestones__done_on__isnull=False)
        count = models.Count
        counted = self.annotate(
            steps=count("milestones"),
            steps_done=count("milestones", filter=done),
            steps_late=count("milestones", filter=late),
        )
        return counted.order_by("name", "pk")  # Django drops the model's order of what is grouped


class Initiative(ClusterableModel):
    """A project that the program spearheads for the whole state."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ACTIVE = "active", _("Under way")
        PAUSED = "paused", _("Paused")
        FINISHED = "finished", _("Finished")

    AUDIENCES: ClassVar = [
        (Audience.COORDINATORS.value, _("Coordinators and staff")),
        (Audience.MEMBERS.value, _("Everyone on a team")),
    ]

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=120, validators=[validate_screened])
    aim = models.TextField(
        _("what it is for"), validators=[validate_screened], help_text=_("Two or three sentences")
    )
    owner = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    audience = models.CharField(
        _("who may read it"), max_length=20, choices=AUDIENCES, default=Audience.COORDINATORS
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("initiative")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(audience__in=[Audience.COORDINATORS, Audience.MEMBERS]),
                name="initiative_audience_known",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("initiative", args=[self.slug])


class Milestone(models.Model):
    """A step of an initiative, due by a day, done on a day."""

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="milestones")
    text = models.CharField(_("milestone"), max_length=200, validators=[validate_screened])
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        verbose_name = _("milestone")

    def __str__(self) -> str:
        return f"Milestone {self.pk} of initiative {self.initiative_id}"

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()

    def was_done_by(self, day: date) -> bool:
        return self.done_on is not None and self.done_on <= day


class InitiativeDocument(models.Model):
    """A page of the library that belongs to an initiative."""

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="documents")
    page = models.ForeignKey(
        "resources.ResourcePage", models.CASCADE, related_name="+", verbose_name=_("resource")
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "page"], name="document_once")
        ]
        verbose_name = _("document")

    def __str__(self) -> str:
        return f"Page {self.page_id} of initiative {self.initiative_id}"


class InitiativeUpdate(models.Model):
    """What is new; the text was screened."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="updates")
    text = models.TextField()
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    written_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"Update {self.pk} of initiative {self.initiative_id}"
