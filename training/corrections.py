"""Urgent corrections: the one way past the second person, logged and reviewed within five days."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import events, mail, mail_registry, nightly
from portal.people import roles, scope
from portal.people.models import Role, RoleGrant, User
from training import releases
from training.models import ModulePage, ModuleRelease, UrgentCorrection
from training.models.correction import REVIEW_WITHIN

PATH = "/training/corrections/"
TOLD_WITHIN = timedelta(days=14)  # of the day; less than what the outbox remembers
mail_registry.put("urgent", "correction_waiting")


class CannotCorrect(Exception):
    """Refused; `reason`: not_out (never released), nothing (no draft), in_review, changed
    (somebody saved a newer draft meanwhile), substantive.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def publish(
    page: ModulePage, *, reason: str, by: User, revision_id: int | None = None
) -> UrgentCorrection:
    """Publish the newest draft of a module at once. The caller has checked `can_correct`.

    `revision_id` is the draft that was looked at; a newer one is refused.

    Only wording may change: lessons, questions, right answers and the pass mark stay, so learners
    keep their number. CannotCorrect otherwise, and nothing is changed.
    """
    page = ModulePage.objects.select_for_update().get(pk=page.pk)
    before = releases.current(page)
    _check(page, before)
    if revision_id is not None and page.latest_revision_id != revision_id:
        raise CannotCorrect("changed")
    page.get_latest_revision().publish(user=by, skip_permission_checks=True)
    after = releases.current(ModulePage.objects.get(pk=page.pk))
    if before is None or after is None or after.number != before.number:
        raise CannotCorrect("substantive")
    if after.pk == before.pk:
        raise CannotCorrect("nothing")
    today = timezone.localdate()
    row = UrgentCorrection.objects.create(
        release=after, reason=reason, made_by=by, review_by=today + REVIEW_WITHIN
    )
    events.record("training.corrected", actor=by, subject=page, reason=reason, release=after.pk)
    for user in _panel().exclude(pk=by.pk):
        key = f"correction:{row.pk}"
        mail.queue(user.pk, "correction_waiting", subject_key=key, context={"path": PATH})
    return row


def _check(page: ModulePage, release: ModuleRelease | None) -> None:
    if release is None or not page.live or page.is_in_preparation:
        raise CannotCorrect("not_out")
    if not page.has_unpublished_changes:
        raise CannotCorrect("nothing")
    if page.workflow_in_progress:
        raise CannotCorrect("in_review")


@transaction.atomic
def review(correction: UrgentCorrection, *, by: User) -> None:
    """A second person has looked at it and it may stand. The caller has checked `can_review`."""
    row = UrgentCorrection.objects.select_for_update().get(pk=correction.pk)
    if row.reviewed_at is not None:
        return
    row.reviewed_by, row.reviewed_at = by, timezone.now()
    row.save(update_fields=["reviewed_by", "reviewed_at"])
    events.record("training.correction_reviewed", actor=by, subject=row)


def can_review(user: User, correction: UrgentCorrection) -> bool:
    """Somebody of the review panel who neither made it nor wrote a part of what went out."""
    if not roles.has(user, Role.REVIEWER) or correction.made_by_id == user.pk:
        return False
    page = correction.release.page
    if page is None:
        return True
    earlier = ModuleRelease.objects.filter(
        page=page, released_at__lt=correction.release.released_at
    )
    since = earlier.order_by("-released_at").values_list("released_at", flat=True).first()
    written = page.revisions.filter(user=user, created_at__lte=correction.made_at)
    return not (written.filter(created_at__gt=since) if since else written).exists()


@nightly.job
def remind() -> None:
    """Tell the panel and the managers once when the five days are over."""
    today = timezone.localdate()
    late = UrgentCorrection.objects.open().filter(
        review_by__lt=today, review_by__gte=today - TOLD_WITHIN
    )
    for row in late:
        for user in (_panel() | scope.managers()).distinct():
            key = f"correction-late:{row.pk}"
            mail.queue(user.pk, "correction_waiting", subject_key=key, context={"path": PATH})


def _panel() -> QuerySet[User]:
    holders = RoleGrant.objects.active().filter(role=Role.REVIEWER)
    return User.objects.filter(pk__in=holders.values("user_id"), is_active=True)
