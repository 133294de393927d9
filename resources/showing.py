"""What a page of the library shows beside its own text, for whoever reads it."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from portal.people import roles
from portal.people.aliases import person_ids
from resources import bookmarks, policies, usefulness
from resources.models import Acknowledgement, GuidanceVersion, ResourcePage
from resources.page_forms import UsefulnessForm

RELATED = 4


def of(page: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    """Return nothing for a preview, which is nobody's reading."""
    if getattr(request, "is_preview", False) or page.pk is None:
        return {}
    user: Any = request.user
    shown = {
        "newer": ResourcePage.objects.visible_to(user).filter(replaces=page).first(),
        "older": older(page, user),
        "files": page.files.select_related("document", "accessible_by"),
        "related": related(page, user),
    }
    return {**shown, **_own(page, user)} if roles.is_member(user) else shown


def older(page: ResourcePage, user: Any) -> ResourcePage | None:
    found: ResourcePage | None = (
        ResourcePage.objects.visible_to(user).filter(pk=page.replaces_id or 0).first()
    )
    return found


def related(page: ResourcePage, user: Any) -> QuerySet[ResourcePage]:
    """Return the readable pages that share most topics with a page; none that it replaced."""
    topics = page.tagged_items.values_list("tag_id", flat=True)
    pages = ResourcePage.objects.visible_to(user).filter(tagged_items__tag__in=list(topics))
    found: QuerySet[ResourcePage] = (
        pages.exclude(pk__in=[page.pk, page.replaces_id or 0])
        .exclude(replaces=page)
        .annotate(shared=Count("tagged_items"))
        .order_by("-shared", "title", "pk")
    )
    return found[:RELATED]


def _own(page: ResourcePage, user: Any) -> dict[str, Any]:
    must_read = policies.must_read(user, page)
    return {
        "is_marked": bookmarks.is_marked(page, user),
        "said_useful": usefulness.is_done(page, user),
        "useful_form": UsefulnessForm(),
        "sees_usefulness": usefulness.pages_for(user).filter(pk=page.pk).exists(),
        "must_read": must_read,
        "read": _read(page, user) if must_read else None,
        "sees_reading": page.must_read != "nobody" and policies.can_see_reading(user),
        "versions": GuidanceVersion.objects.filter(page=page.pk).exclude(version=page.version),
    }


def _read(page: ResourcePage, user: Any) -> Acknowledgement | None:
    """When the person said that they read the version of today."""
    rows = Acknowledgement.objects.filter(person__in=person_ids(user))
    return rows.filter(page=page.pk, version=page.version).first()
