"""How long what is kept of mail stays, and what goes with a person."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models import MailLog
from portal.people import anonymising, retention
from portal.people.models import MailChoice, MailSuppression

LOG_KEPT = timedelta(days=90)
LIFTED_KEPT = timedelta(days=180)


def _old_log() -> QuerySet[MailLog]:
    """What still waits or is on its way stays, however old."""
    open_ = (MailLog.Outcome.WAITING, MailLog.Outcome.TRYING)
    return MailLog.objects.filter(at__lt=timezone.now() - LOG_KEPT).exclude(outcome__in=open_)


def _lifted() -> QuerySet[MailSuppression]:
    return MailSuppression.objects.filter(lifted_at__lt=timezone.now() - LIFTED_KEPT)


def _delete(rows: QuerySet[MailLog] | QuerySet[MailSuppression]) -> None:
    rows.delete()


for rule in (
    retention.Rule("mail_log", _("The log of mails"), _("90 days"), _old_log, _delete, "user_id"),
    retention.Rule(
        "mail_returned",
        _("Addresses that take mail again"),
        _("180 days after"),
        _lifted,
        _delete,
        "user",
    ),
):
    retention.register(rule)


@anonymising.also
def forget(person_ids: list[int]) -> None:
    """What was chosen, and marks of addresses. The log holds numbers alone and ages out."""
    MailChoice.objects.filter(user__in=person_ids).delete()
    MailSuppression.objects.filter(user__in=person_ids).delete()
    gone = MailLog.objects.filter(user_id__in=person_ids, outcome=MailLog.Outcome.WAITING)
    gone.update(outcome=MailLog.Outcome.LEFT, context={})
