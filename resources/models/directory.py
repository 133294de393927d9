"""The service directory: who offers what, where. It links out and transmits nothing."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import roles

STALE_AFTER = timedelta(days=90)


class ServiceCategory(models.TextChoices):
    CENTER = "center", _("Children's advocacy center")
    ADVOCACY = "advocacy", _("Victim advocacy")
    PEER = "peer", _("Peer mentors")
    EMOTIONAL = "emotional", _("Emotional support")
    SAFETY = "safety", _("Safety services")
    MEDICAL = "medical", _("Medical")
    LEGAL = "legal", _("Legal")
    HOUSING = "housing", _("Housing")
    OTHER = "other", _("Not sorted yet")


class Language(models.Model):
    """A language that a service speaks, or an interpreter brings."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def visible_to(self, user: Any) -> Self:
        """Keep all for a member, none for somebody signed out."""
        return self if roles.is_member(user) else self.none()

    def in_county(self, slug: str) -> Self:
        """Keep what serves a county; a service that names none serves the whole state."""
        return self.filter(
            models.Q(counties__slug=slug) | models.Q(counties__isnull=True)
        ).distinct()

    def to_verify(self) -> Self:
        """Keep what a reader must check first. `Service.must_verify` is the same rule for one."""
        old = models.Q(verified_on__lt=timezone.localdate() - STALE_AFTER)
        return self.filter(old | models.Q(needs_verifying=True) | models.Q(verified_on=None))


class Service(models.Model):
    """An organization's service, as its public pages describe it."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    category = models.CharField(
        _("category"), max_length=20, choices=ServiceCategory, default=ServiceCategory.OTHER
    )
    counties = models.ManyToManyField(
        "people.County",
        blank=True,
        related_name="+",
        verbose_name=_("counties"),
        help_text=_("Leave empty when it serves the whole state"),
    )
    about = models.TextField(_("what it offers"), blank=True)
    eligibility = models.TextField(_("who it is for"), blank=True)
    languages = models.ManyToManyField(
        Language,
        blank=True,
        related_name="+",
        verbose_name=_("languages"),
        help_text=_("Those it says it speaks, interpreters included; leave empty when not said"),
    )
    how_to_refer = models.TextField(_("how to refer"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    url = models.URLField(_("address"), blank=True)
    needs_verifying = models.BooleanField(_("verify before use"), default=True)
    verified_on = models.DateField(_("last verified"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )

    updated_at = models.DateTimeField(auto_now=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("service")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("service", args=[self.pk])

    @property
    def must_verify(self) -> bool:
        """Say whether a reader must check first: flagged, never verified, or 90 days ago."""
        if self.needs_verifying or self.verified_on is None:
            return True
        return self.verified_on < timezone.localdate() - STALE_AFTER


class ServiceNoteQuerySet(models.QuerySet["ServiceNote"]):
    def open(self) -> Self:
        return self.filter(settled_at__isnull=True)


class ServiceNote(models.Model):
    """A reader says what is wrong in an entry of the directory; the text was screened."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="notes")
    text = models.TextField()
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    written_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ServiceNoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="service_note_settled_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"Note {self.pk} on service {self.service_id}"
