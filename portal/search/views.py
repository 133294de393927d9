"""The search page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from portal.search import finder, forms, log
from portal.search.query import FACETS, LONGEST_TEXT, Results

SHORTEST = 2  # letters; fewer say nothing


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One search over everything the person may see."""
    query = forms.read(request.GET)
    results = finder.find(query, request.user)
    log.note(query, results)
    address = forms.Address(query)
    context = {
        "query": query,
        "results": results,
        "facets": _facets(address, results),
        "page_obj": _page(results),
        "by_date": address.of(sort="date"),
        "by_relevance": address.of(sort=""),
        "suggestion_url": address.of(q=results.suggestion),
        "has_filters": any(query.selected(name) for name in FACETS),
        "without_filters": address.of(**{name: frozenset() for name in FACETS}),
        "may_read_log": log.can_read(request.user),
    }
    return render(request, "search/search.html", context)


@login_required
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles with these words, while they are typed. Posted, so that no log and no history holds
    what was typed."""
    text = request.POST.get("q", "").replace("\0", " ")[:LONGEST_TEXT].strip()
    found = finder.complete(text, request.user) if len(text) >= SHORTEST else []
    return render(request, "search/suggestions.html", {"hits": found, "text": text})


@login_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What people look for, and what they do not find."""
    if not log.can_read(request.user):
        raise Http404
    in_vain = request.GET.get("show") != "all"
    rows = Paginator(log.looked_for(in_vain=in_vain), 25)
    context = {"page_obj": rows.get_page(request.GET.get("page")), "in_vain": in_vain}
    return render(request, "search/asked.html", context)


def _facets(address: forms.Address, results: Results) -> list[tuple[str, list[tuple[object, str]]]]:
    """Return each facet's choices with the address that toggles one."""
    return [
        (
            facet.name,
            [(choice, address.toggled(facet.name, choice.value)) for choice in facet.choices],
        )
        for facet in results.facets
        if facet.choices
    ]


class _Counted(list[object]):
    """As many places as there are hits, so that Django's paginator can count without a query."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __len__(self) -> int:
        return self.total


def _page(results: Results) -> Page[object]:
    paginator = Paginator(_Counted(results.total), results.size)
    return Page(list(results.hits), min(results.page, paginator.num_pages), paginator)
