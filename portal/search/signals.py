"""Which signals touch which records."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.search import index, registry


def follow(source: registry.Source) -> None:
    """Keep a source's records in step with its model."""
    uid = f"search.{source.name}"

    def touch(sender: Any, instance: Any, **kwargs: Any) -> None:
        if not kwargs.get("raw") and source.concerns(instance, kwargs.get("update_fields")):
            index.touch(source.name, instance.pk)

    def forget(sender: Any, instance: Any, **kwargs: Any) -> None:
        index.forget(source.name, instance.pk)

    def moved(sender: Any, instance: Any, **kwargs: Any) -> None:
        """A move changes the address of the page and of all below it."""
        pages = source.model._default_manager.descendant_of(instance, inclusive=True)  # type: ignore[attr-defined]
        index.touch_all(source.name, pages.values_list("pk", flat=True))

    # weak=False: these functions live nowhere else.
    post_delete.connect(forget, source.model, weak=False, dispatch_uid=f"{uid}.deleted")
    if not isinstance(source, registry.PageSource):
        post_save.connect(touch, source.model, weak=False, dispatch_uid=f"{uid}.saved")
        return
    # Not post_save: it comes before tags and other children are written, and for drafts as well.
    page_published.connect(touch, source.model, weak=False, dispatch_uid=f"{uid}.published")
    page_unpublished.connect(touch, source.model, weak=False, dispatch_uid=f"{uid}.unpublished")
    post_page_move.connect(moved, weak=False, dispatch_uid=f"{uid}.moved")
