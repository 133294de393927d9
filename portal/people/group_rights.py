"""What each group of the admin may do: declared by the apps, kept exactly so.

A right that is in the database and declared nowhere is taken away again, each night and after
each migration, and the audit says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.core import events, nightly, reference

PageOf = Callable[[], Page | None]


@dataclass(frozen=True, slots=True)
class Right:
    """One right of one group: everywhere, or on a page and below it, or on every collection."""

    group: str
    name: str  # app_label.codename
    page: int | None = None
    on_collections: bool = False

    def __str__(self) -> str:
        where = f" on page {self.page}" if self.page else ""
        return f"{self.group}: {self.name}{where}{' on collections' if self.on_collections else ''}"


_everywhere: list[tuple[str, str]] = []
_on_pages: list[tuple[str, str, PageOf]] = []
_on_collections: list[tuple[str, str]] = []


def allow(group: str, *names: str) -> None:
    """Declare rights everywhere, each as `app_label.codename`."""
    _everywhere.extend((group, name) for name in names)


def allow_on_page(group: str, page: PageOf, codenames: Iterable[str]) -> None:
    """Declare page rights on a page and all below it."""
    _on_pages.extend((group, f"wagtailcore.{codename}", page) for codename in codenames)


def allow_on_collections(group: str, *names: str) -> None:
    _on_collections.extend((group, name) for name in names)


def declared() -> set[Right]:
    rights = {Right(group, name) for group, name in _everywhere}
    rights |= {Right(group, name, on_collections=True) for group, name in _on_collections}
    for group, name, page_of in _on_pages:
        if page := page_of():
            rights.add(Right(group, name, page=page.pk))
    return rights


def standing() -> set[Right]:
    """Return the rights that the database holds."""
    rights = set()
    for group in Group.objects.prefetch_related("permissions__content_type"):
        rights |= {Right(group.name, _name(p)) for p in group.permissions.all()}
    for row in _rows(GroupPagePermission):
        rights.add(Right(row.group.name, _name(row.permission), page=row.page_id))
    for row in _rows(GroupCollectionPermission):
        rights.add(Right(row.group.name, _name(row.permission), on_collections=True))
    return rights


def differences() -> tuple[list[str], list[str]]:
    """Return what is missing and what is too much, in words."""
    have, want = standing(), declared()
    return sorted(map(str, want - have)), sorted(map(str, have - want))


@nightly.job
@reference.loader(order=90)
def bring_in_step() -> None:
    """Give what is declared and take away the rest."""
    have, want = standing(), declared()
    for right in sorted(want - have, key=str):
        _give(right)
    too_much = sorted(have - want, key=str)
    for right in too_much:
        _take(right)
    if too_much and not reference.is_loading():
        events.record("rights.mended", actor=None, rights=[str(right) for right in too_much])


def _rows(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.select_related("group", "permission__content_type")


def _name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _give(right: Right) -> None:
    group, permission = Group.objects.get(name=right.group), _permission(right.name)
    if right.page:
        GroupPagePermission.objects.create(group=group, page_id=right.page, permission=permission)
    elif right.on_collections:
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    else:
        group.permissions.add(permission)


def _take(right: Right) -> None:
    group, permission = Group.objects.get(name=right.group), _permission(right.name)
    if right.page:
        GroupPagePermission.objects.filter(
            group=group, page_id=right.page, permission=permission
        ).delete()
    elif right.on_collections:
        GroupCollectionPermission.objects.filter(group=group, permission=permission).delete()
    else:
        group.permissions.remove(permission)
