"""Editor's picks: what editors put first for some words, for those who may read it."""

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import normalise_query_string

from portal.search import registry, shown
from portal.search.engines import database
from portal.search.query import Hit, Query


def of(query: Query) -> tuple[Hit, ...]:
    """Return the pages picked for exactly these words, on the first page of results alone."""
    if not query.text or query.page > 1:
        return ()
    words = normalise_query_string(query.text)
    picked = SearchPromotion.objects.filter(query__query_string=words, page__isnull=False)
    ids = [str(pk) for pk in picked.order_by("sort_order").values_list("page_id", flat=True)]
    if not ids:
        return ()
    names = [s.name for s in registry.every() if isinstance(s, registry.PageSource)]
    rows = database.allowed(query).filter(source__in=names, object_id__in=ids)
    return shown.hits(sorted(rows, key=lambda row: ids.index(row.object_id)), query.text)
