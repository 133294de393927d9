"""The one checked view behind every document and image."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from portal.core import files
from portal.people import audience, roles

Check = Callable[[Any, Model], bool]
_checks: list[Check] = []


def allow(check: Check) -> Check:
    """Register a reason for which a person may have a file; without one the answer is 404."""
    _checks.append(check)
    return check


def may_have(user: Any, item: Model) -> bool:
    return any(check(user, item) for check in _checks)


@allow
def works_in_the_admin(user: Any, item: Model) -> bool:
    return roles.may_open_cms(user)


@allow
def reads_a_page_that_uses_it(user: Any, item: Model) -> bool:
    """The file is on a live page whose audience the person belongs to."""
    page_type = ContentType.objects.get_for_model(Page)
    pages = ReferenceIndex.get_references_to(item).filter(base_content_type=page_type)
    ids = [int(pk) for pk in pages.values_list("object_id", flat=True).distinct()]
    live = Page.objects.live().filter(pk__in=ids).specific(defer=True)
    return any(audience.can_read(user, page) for page in live)


def document(request: HttpRequest, pk: int, filename: str) -> HttpResponseBase:
    """A document by its id; the name in the address must be its own."""
    item = get_object_or_404(get_document_model(), pk=pk)
    if item.filename != filename or not may_have(request.user, item):
        raise Http404
    return files.send(request, item.file.name, filename=item.filename)


def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition of an image, or the original, by its path in the storage."""
    images = get_image_model().objects
    item = images.filter(renditions__file=path).first() or images.filter(file=path).first()
    if item is None or not may_have(request.user, item):
        raise Http404
    return files.send(request, path)
