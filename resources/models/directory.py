"""The service directory: who offers what, where. It links out and transmits nothing."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import roles

STALE_AFTER = timedelta(days=180)


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


class ServiceQuerySet(models.QuerySet["Service"]):
    def visible_to(self, user: Any) -> Self:
        """Keep all for a member, none for somebody signed out."""
        return self if roles.is_member(user) else self.none()

    def in_county(self, slug: str) -> Self:
        """Keep what serves a county; a service that names none serves the whole state."""
        return self.filter(
            models.Q(counties__slug=slug) | models.Q(counties__isnull=True)
        ).distinct()


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

    @property
    def must_verify(self) -> bool:
        """Say whether a reader must check first: flagged, never verified, or 180 days ago."""
        if self.needs_verifying or self.verified_on is None:
            return True
        return self.verified_on < timezone.localdate() - STALE_AFTER
