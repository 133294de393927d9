"""The library and the directory. A single resource is served by Wagtail."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.people.sections import only
from resources import catalogue, policies
from resources.catalogue import Filters
from resources.directory import PAGE_SIZE, DirectoryFilters


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What the person may read; signed out, the public resources."""
    filters = Filters.read(request.GET)
    paginator = Paginator(filters.listed(request.user), catalogue.PAGE_SIZE)
    context = {
        "filters": filters,
        "choices": filters.choices(request.user),
        "page_obj": paginator.get_page(request.GET.get("page")),
    }
    return render(request, "resources/library.html", context)


@only(policies.can_see_directory)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Services by category and county."""
    filters = DirectoryFilters.read(request.GET)
    paginator = Paginator(filters.services(), PAGE_SIZE)
    context = {
        "filters": filters,
        "choices": filters.choices(),
        "page_obj": paginator.get_page(request.GET.get("page")),
    }
    return render(request, "resources/directory.html", context)
