"""A leaver's resources get another owner; who opened what is forgotten after two years."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import events, insert_only
from portal.people import anonymising, leaving, retention, roles
from portal.people.models import User
from resources.models import Bookmark, ReadingReminder, ResourcePage, ResourceUse

USE_KEPT = timedelta(days=2 * 365)


def _kept(user: User) -> QuerySet[ResourcePage]:
    kept: QuerySet[ResourcePage] = ResourcePage.objects.filter(kept_by=user)
    return kept


def _may_take(taker: User, leaver: User) -> bool:
    return roles.may_open_cms(taker)


def _hand_over(leaver: User, taker: User, by: User) -> None:
    for page in _kept(leaver):
        page.kept_by = taker
        page.save(update_fields=["kept_by"])
        _in_drafts(page, leaver, taker)
        events.record("resources.handed_over", actor=by, subject=page, owner=taker.pk)


def _in_drafts(page: ResourcePage, leaver: User, taker: User) -> None:
    """The newest revision names the owner as well, or publishing it would bring the leaver back."""
    revision = page.latest_revision
    if revision is not None and revision.content.get("kept_by") == leaver.pk:
        revision.content["kept_by"] = taker.pk
        revision.save(update_fields=["content"])


def _old_uses() -> QuerySet[ResourceUse]:
    return ResourceUse.objects.filter(day__lt=timezone.localdate() - USE_KEPT)


def _forget(rows: QuerySet[ResourceUse]) -> None:
    with insert_only.lifted(labels=["resources.ResourceUse"]):
        rows.delete()


retention.register(
    retention.Rule(
        "resource_uses",
        _("Who opened which page of the library"),
        _("2 years"),
        _old_uses,
        _forget,
        "person",
    )
)


def _old_reminders() -> QuerySet[ReadingReminder]:
    return ReadingReminder.objects.filter(sent_at__lt=timezone.now() - USE_KEPT)


def _forget_reminders(rows: QuerySet[ReadingReminder]) -> None:
    rows.delete()


retention.register(
    retention.Rule(
        "reading_reminders",
        _("Reminders of guidance to read"),
        _("2 years"),
        _old_reminders,
        _forget_reminders,
        "person",
    )
)
leaving.register(
    leaving.Work(_("Resources owned"), lambda user: _kept(user).count(), _may_take, _hand_over)
)


@anonymising.also
def forget_bookmarks(person_ids: list[int]) -> None:
    Bookmark.objects.filter(person__in=person_ids).delete()
