"""The search page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.search import finder, forms, log
from portal.search.query import Results


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
        "without_filters": forms.Address(forms.read(request.GET.copy())).of(
            type=frozenset(), topic=frozenset(), discipline=frozenset(), county=frozenset()
        ),
    }
    return render(request, "search/search.html", context)


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
