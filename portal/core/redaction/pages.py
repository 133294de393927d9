"""Pages: their live texts, every saved state, and what Wagtail writes beside them."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    CommentReply,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.search import index

from portal.core.json_lists import Holds
from portal.core.models import Redaction
from portal.core.redaction import registry, shapes
from portal.core.redaction.registry import Root

LABEL = "wagtailcore.page"
LOGGED = shapes.tree(kept=frozenset({"id", "pk", "action"}))


def register() -> None:
    """Say where the texts of pages lie. Called once the apps are there."""
    registry.texts(Page, _("the page"), lambda row: shapes.of_page(type(row)))
    registry.texts(Revision, _("a saved state of the page"), _of_revision)
    log: dict[str, shapes.Shape] = {"label": shapes.plain, "data": LOGGED}
    registry.texts(PageLogEntry, _("the page's history"), log)
    registry.texts(Comment, _("a comment"), {"text": shapes.plain})
    registry.texts(CommentReply, _("a comment"), {"text": shapes.plain})
    registry.texts(TaskState, _("a reviewer's comment"), {"comment": shapes.plain})
    redirect: dict[str, shapes.Shape] = {
        "old_path": shapes.address,
        "redirect_link": shapes.address,
        "redirect_page_route_path": shapes.address,
    }
    registry.texts(Redirect, _("an old address"), redirect, goes_whole=True)
    tag: dict[str, shapes.Shape] = {"name": shapes.plain, "slug": shapes.address}
    registry.texts(Tag, _("a topic"), tag, goes_whole=True)
    registry.texts(FormState, _("a form under way"), {"data": _decoded}, goes_whole=True)
    registry.leads(Page, beside)
    registry.leads(Comment, lambda row: row.replies.all())
    registry.after(Page, _reindex)
    registry.root(
        Page,
        Root(
            lock=lambda pk: _specific(Page.objects.select_for_update().filter(pk=pk)),
            name=lambda row: _("Page %(pk)s") % {"pk": row.pk},
            url=lambda row: row.url or "",
            people=lambda row: [row.owner_id] if row.owner_id else [],
        ),
    )


def _specific(rows: Any) -> Page | None:
    page: Page | None = rows.first()
    return page.specific if page is not None else None


def _decoded(value: Any, change: shapes.Change) -> Any:
    change.plain(unquote_plus(value))
    return value


def _of_revision(row: Revision) -> shapes.Fields:
    return {
        "object_str": shapes.plain,
        "content": shapes.of_revision(row.content_type.model_class()),
    }


def beside(page: Page) -> Iterator[Model]:
    """Yield what Wagtail keeps of a page besides its row."""
    kinds = [ContentType.objects.get_for_model(cls) for cls in (Page, type(page))]
    yield from page.revisions.order_by("-created_at", "-pk").select_related("content_type")
    yield from PageLogEntry.objects.filter(page_id=page.pk)
    yield from Comment.objects.filter(page_id=page.pk)
    rounds = WorkflowState.objects.filter(
        base_content_type__in=kinds, object_id=str(page.pk)
    ).values("pk")
    yield from TaskState.objects.filter(workflow_state__in=rounds)
    yield from FormState.objects.filter(content_type__in=kinds, object_id=str(page.pk))
    yield from Redirect.objects.filter(redirect_page_id=page.pk)
    for item in getattr(page, "tagged_items", PageLogEntry.objects.none()).all():
        yield item.tag


def _reindex(page: Page) -> None:
    """Bring address and index in step with what the row says now."""
    fresh = Page.objects.filter(pk=page.pk).first()
    if fresh is not None:
        _readdress(fresh)
        index.insert_or_update_object(Page.objects.get(pk=page.pk).specific)


def _readdress(page: Page) -> None:
    """Let the address follow a slug that lost words; no redirect is left behind."""
    parent = page.get_parent()
    if parent is None:
        return
    slug, number = page.slug, 1
    while parent.get_children().exclude(pk=page.pk).filter(slug=slug).exists():
        number += 1
        slug = f"{page.slug}-{number}"
    path = f"{parent.url_path}{slug}/"
    if path != page.url_path:
        old = page.url_path
        Page.objects.filter(pk=page.pk).update(slug=slug, url_path=path)
        page._update_descendant_url_paths(old, path)


def take_offline(rows: Iterable[Model]) -> list[int]:
    """Take the published pages among rows out of sight; return the ids of what waits there."""
    waiting = withheld()
    pages = [row for row in rows if isinstance(row, Page)]
    kept = sorted({page.pk for page in pages if page.live or page.pk in waiting})
    _set_live(kept, False)
    return kept


def bring_back(ids: list[int]) -> None:
    """Show pages again that were taken out of sight, but for those that another ask withholds."""
    waiting = withheld()
    _set_live([pk for pk in ids if pk not in waiting], True)


def is_withheld(pk: int) -> bool:
    """Say whether a page waits for a second person."""
    return pk in withheld()


def withheld() -> set[int]:
    """Return the ids of the pages that wait for a second person."""
    return {pk for ids in Redaction.objects.open().values_list("withheld", flat=True) for pk in ids}


def waits(path: str) -> Exists:
    """Return the same as a condition of a statement; `path` leads from a row to the page's id."""
    return Exists(Redaction.objects.open().filter(Holds("withheld", OuterRef(path))))


def _set_live(ids: list[int], live: bool) -> None:
    Page.objects.filter(pk__in=ids).update(live=live)
    registry.run_after(page.specific for page in Page.objects.filter(pk__in=ids))


@registry.compactor
def merge_wagtails_index() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in _fts_tables():
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608


def _fts_tables() -> list[str]:
    names = connection.introspection.table_names()
    return [name for name in names if name.endswith("_indexentry_fts")]
