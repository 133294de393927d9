"""A leaver's initiatives and unpublished highlights go to others; settled notes are deleted."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import events
from portal.people import leaving, retention
from portal.people.models import User
from resources import policies
from resources.models import Highlight, Initiative, ServiceNote

NOTES_KEPT = timedelta(days=90)  # after they are settled


def _owned(user: User) -> QuerySet[Initiative]:
    return Initiative.objects.filter(owner=user).exclude(state=Initiative.State.FINISHED)


def _hand_over_initiatives(leaver: User, taker: User, by: User) -> None:
    for row in list(_owned(leaver)):
        Initiative.objects.filter(pk=row.pk).update(owner=taker)
        events.record("resources.initiative_handed_over", actor=by, subject=row, owner=taker.pk)


def _unpublished(user: User) -> QuerySet[Highlight]:
    return Highlight.objects.filter(author=user).exclude(state=Highlight.State.PUBLISHED)


def _hand_over_highlights(leaver: User, taker: User, by: User) -> None:
    """The taker becomes the author, and is then not the second person of what was asked for."""
    for row in list(_unpublished(leaver)):
        Highlight.objects.filter(pk=row.pk).update(author=taker)
        events.record("resources.highlight_handed_over", actor=by, subject=row, author=taker.pk)


def _settled_notes() -> QuerySet[ServiceNote]:
    return ServiceNote.objects.filter(settled_at__lt=timezone.now() - NOTES_KEPT)


leaving.register(
    leaving.Work(
        _("Initiatives owned"),
        lambda user: _owned(user).count(),
        lambda taker, leaver: policies.can_see_coordinators_section(taker),
        _hand_over_initiatives,
    )
)
leaving.register(
    leaving.Work(
        _("Highlights not published yet"),
        lambda user: _unpublished(user).count(),
        lambda taker, leaver: policies.can_write_highlights(taker),
        _hand_over_highlights,
    )
)
retention.register(
    retention.Rule(
        "directory_notes",
        _("What readers found wrong in the directory"),
        _("90 days after it was settled"),
        _settled_notes,
        lambda rows: rows.delete(),
        "written_by settled_by",
    )
)
