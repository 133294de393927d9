"""What happens to a leaver's resources: each gets another owner, so that none goes stale unseen."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import events
from portal.people import leaving, roles
from portal.people.models import User
from resources.models import ResourcePage


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


leaving.register(
    leaving.Work(_("Resources owned"), lambda user: _kept(user).count(), _may_take, _hand_over)
)
