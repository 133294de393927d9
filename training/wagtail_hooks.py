"""Training in Wagtail's admin: the list of modules, and what it refuses with an explanation."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import Button
from wagtail.documents import get_document_model
from wagtail.documents.views.documents import DeleteView as DeleteDocument
from wagtail.images import get_image_model
from wagtail.images.views.images import DeleteView as DeleteImage
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from training import keeping, policies
from training.material_admin import MaterialGroup
from training.models import ModulePage
from training.requirement_admin import RequirementGroup


class ModuleIndexView(IndexView):
    def annotate_queryset(self, pages: Any) -> Any:
        return super().annotate_queryset(pages.with_release().with_completed())


class ModuleListing(PageListingViewSet):
    """Every module with what its keepers ask of it."""

    model = ModulePage
    index_view_class = ModuleIndexView
    icon = "list-ol"
    menu_label = gettext_lazy("Modules")
    menu_order = 150
    ordering = "code"
    add_to_admin_menu = True
    columns = [
        *[c for c in PageListingViewSet.columns if c.name != "parent"],
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column("release_label", label=gettext_lazy("Release")),
        Column("release_minutes", label=gettext_lazy("Minutes")),
        Column("audience", accessor="get_audience_display", label=gettext_lazy("Audience")),
        Column("completed", label=gettext_lazy("Completions")),
        DateColumn("review_by", label=gettext_lazy("Review by"), sort_key="review_by"),
    ]


module_listing = ModuleListing("modules")
register_snippet(RequirementGroup)
register_snippet(MaterialGroup)


@hooks.register("register_admin_viewset")
def register_module_listing() -> ModuleListing:
    return module_listing


def _refuse_begun(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    held = list(keeping.begun(pages))
    if not held:
        return None
    messages.error(
        request,
        _(
            "%(modules)s: people have begun or completed it, and their record stands on it. It "
            "stays. Mark it as in preparation, or take it off its pathway, if nobody should start "
            "it any more."
        )
        % {"modules": ", ".join(f"{page.code} {page.title}" for page in held)},
    )
    return redirect("wagtailadmin_explore", held[0].get_parent().pk)


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_what_people_began(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse_begun(request, [page])


@hooks.register("register_page_header_buttons")
def offer_urgent_correction(
    page: Page, user: Any, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """The one way past the second person; the page behind it explains and asks why."""
    is_module = page.specific_class is ModulePage
    if is_module and page.live and page.has_unpublished_changes and policies.can_correct(user):
        yield Button(
            _("Publish as an urgent correction"),
            reverse("correct", args=[page.pk]),
            icon_name="warning",
            priority=90,
        )


@hooks.register("before_copy_page")
def write_anew(request: HttpRequest, page: Page) -> HttpResponse:
    """A copy would carry the ids of lessons and questions, and a title that nobody screened."""
    messages.error(request, _("Pages are not copied here. Write a new one."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_in_bulk(
    request: HttpRequest, action: str, objects: list[Any], view: Any
) -> HttpResponse | None:
    pages = [item for item in objects if isinstance(item, Page)]
    if pages and action in {"delete", "unpublish"}:
        return _refuse_begun(request, pages)
    if action == "delete":
        return _refuse_released(request, objects, view.next_url)
    return None


@hooks.register("before_delete_snippet")
def keep_released_videos(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    listing = MaterialGroup.items[0]().get_url_name("list")
    return _refuse_released(request, instances, listing)


@hooks.register("before_delete_snippet")
def keep_what_gave_credit(request: HttpRequest, snippets: list[Any]) -> HttpResponse | None:
    held = list(keeping.counted_by(snippets))
    if not held:
        return None
    messages.error(
        request,
        _(
            "%(rules)s: credit was awarded under it, or somebody holds the licence. It stays. Give "
            "it a last day if it applies no longer."
        )
        % {"rules": ", ".join(rule.name for rule in held)},
    )
    return redirect("wagtailsnippets_training_requirementrule:list")


def _refuse_released(request: HttpRequest, items: Any, back: str) -> HttpResponse | None:
    held = keeping.released(items)
    if not held:
        return None
    titles = ", ".join(item.title for item in held)
    messages.error(
        request,
        _("%(titles)s: a published module shows it, so it stays as it is.") % {"titles": titles},
    )
    return redirect(back)


def _kept(model: Any, view: Callable[..., Any], back: str) -> Callable[..., HttpResponse]:
    """Put the explanation before Wagtail's view; the signal behind it would only refuse."""

    def guarded(request: HttpRequest, **kwargs: int) -> HttpResponse:
        items = model.objects.filter(pk=next(iter(kwargs.values())))
        return _refuse_released(request, items, back) or view(request, **kwargs)

    return guarded


@hooks.register("register_admin_urls", order=-1)
def guard_files() -> list[URLPattern]:
    """The addresses of Wagtail's own delete views, answered first by ours."""
    image = _kept(get_image_model(), DeleteImage.as_view(), "wagtailimages:index")
    document = _kept(get_document_model(), DeleteDocument.as_view(), "wagtaildocs:index")
    return [
        path("images/<int:image_id>/delete/", image),
        path("documents/delete/<int:document_id>/", document),
    ]
