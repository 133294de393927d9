"""The library. A single resource is served by Wagtail."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resources import catalogue, collections, policies
from resources.catalogue import Filters


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What the person may read; signed out, the public resources."""
    filters = Filters.read(request.GET)
    paginator = Paginator(filters.listed(request.user), catalogue.PAGE_SIZE)
    context = {
        "filters": filters,
        "choices": filters.choices(request.user),
        "page_obj": paginator.get_page(request.GET.get("page")),
        "sees_reading": policies.can_see_reading(request.user),
        "collections": collections.readable_by(request.user) if filters.is_empty else [],
    }
    return render(request, "resources/library.html", context)
