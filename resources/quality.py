"""What is out of date or missing in the library, the directory and the log of forums."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.quality import Example, Severity, check
from resources.models import Forum, ResourcePage, Service


def _page(page: ResourcePage) -> Example:
    day = date_format(page.review_by) if page.review_by else ""
    note = _now("to be reviewed by %(day)s") % {"day": day}
    return Example(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]), note)


@check(
    "resources-review",
    name=_("Published resources past their review day"),
    why=_("Teams may work by a text that nobody has looked at in time."),
    mend=_("Look it over, and set the next review day"),
    severity=Severity.STALE,
    show=_page,
)
def past_review(user: Any) -> QuerySet[ResourcePage]:
    pages: QuerySet[ResourcePage] = ResourcePage.objects.visible_to(user).review_due()
    return pages.defer("body", "sources").order_by("review_by", "pk")


def _service(service: Service) -> Example:
    if service.verified_on is None:
        return Example(service.name, service.get_absolute_url(), _now("never verified"))
    words = {"day": date_format(service.verified_on)}
    note = _now("last verified on %(day)s") % words
    return Example(service.name, service.get_absolute_url(), note)


@check(
    "services-unverified",
    name=_("Services that nobody has verified for 90 days"),
    why=_("Somebody may be sent to a door that is closed."),
    mend=_("Call or look it up, then say that you checked it"),
    severity=Severity.STALE,
    show=_service,
)
def unverified(user: Any) -> QuerySet[Service]:
    return Service.objects.visible_to(user).to_verify().order_by("verified_on", "name")


def _forum(forum: Forum) -> Example:
    words = {"day": date_format(forum.happened_on), "kind": forum.get_kind_display()}
    label = _now("%(kind)s of %(day)s") % words
    return Example(label, reverse("forum_change", args=[forum.pk]), str(forum.get_level_display()))


@check(
    "forums-heads",
    name=_("Forums without a number of listeners"),
    why=_("They count as forums, and add nobody to the people who listened."),
    mend=_("Say how many listened, where it is known"),
    severity=Severity.CUT,
    show=_forum,
)
def forums_without_heads(user: Any) -> QuerySet[Forum]:
    return Forum.objects.visible_to(user).filter(audience__isnull=True)
