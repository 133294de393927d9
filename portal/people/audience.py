"""Who a page is for. One predicate behind the serving hook and every list."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from portal.people import roles
from portal.people.models import Role


class Audience(models.TextChoices):
    PUBLIC = "public", "Public"
    MEMBERS = "members", "Team members"
    COORDINATORS = "coordinators", "Coordinators"
    STAFF = "staff", "Staff"


STAFF_ROLES = (Role.MANAGER, Role.DEPUTY, Role.SPECIALIST, Role.AUTHOR, Role.REVIEWER)


class AudiencePage(Page):
    """A page that says whom it is for."""

    audience = models.CharField(
        max_length=20, choices=Audience, default=Audience.MEMBERS, db_index=True
    )

    # Wagtail's own privacy is not offered: it leads signed-in people round in circles.
    private_page_options: ClassVar[list[str]] = []
    settings_panels: ClassVar = [*Page.settings_panels]
    promote_panels: ClassVar = [FieldPanel("audience"), *Page.promote_panels]

    class Meta:
        abstract = True


def readable_by(user: Any) -> list[str]:
    """Return the audiences whose pages the person may read."""
    if not roles.is_member(user):
        return [Audience.PUBLIC]
    readable: list[str] = [Audience.PUBLIC, Audience.MEMBERS]
    is_staff = roles.has(user, *STAFF_ROLES)
    if is_staff or roles.is_coordinator(user):
        readable.append(Audience.COORDINATORS)
    if is_staff:
        readable.append(Audience.STAFF)
    return readable


def can_read(user: Any, page: Any) -> bool:
    """Say whether the person may read a page; a page that names no audience is for members."""
    audience = getattr(page.specific_deferred, "audience", Audience.MEMBERS)
    return audience in readable_by(user)


def readable_q(user: Any) -> Q:
    """The same rule as a filter over a page type's queryset."""
    return Q(audience__in=readable_by(user))
