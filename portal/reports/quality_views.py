"""What is missing or odd in the data, each with the page on which it is mended."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core import quality
from portal.people.policies import can_see_reports
from portal.people.sections import only

PER_PAGE = 50
manager_only = only(can_see_reports)


@manager_only
def index(request: HttpRequest) -> HttpResponse:
    """Every check: what it found with the first examples, and what is in order."""
    findings = quality.report(request.user)
    context = {
        "faults": [found for found in findings if found.count],
        "in_order": [found.check for found in findings if not found.count],
        "total": sum(found.count for found in findings),
    }
    return render(request, "reports/quality.html", context)


@manager_only
def check(request: HttpRequest, key: str) -> HttpResponse:
    """All that one check found, page by page."""
    found = quality.find(key)
    if found is None:
        raise Http404
    page = Paginator(found.rows(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "check": found,
        "page_obj": page,
        "examples": [found.show(row) for row in page.object_list],
    }
    return render(request, "reports/quality_check.html", context)
