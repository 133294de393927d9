"""Mail that came back: a report of a mail of ours suppresses the address, and is counted once."""

from collections.abc import Iterable

from django.db import transaction

from portal.core import delivery_reports, mail_refusals
from portal.core.delivery_reports import Report
from portal.core.models import MailLog
from portal.people.mailing import suppressions
from portal.people.models import MailSuppression, User

Outcome = MailLog.Outcome


def take(raw: bytes) -> int:
    """Read one message of the mailbox for bounces; return how many mails it says came back.

    No mail of ours follows from it, whatever it says.
    """
    return _take_all(delivery_reports.read(raw))


def _take_all(reports: Iterable[Report]) -> int:
    return sum(_take(report) for report in reports)


@transaction.atomic
def _take(report: Report) -> bool:
    """Believe it if it names a mail that went out, and the address that it went to.

    Read twice, it counts once: what a manager lifted since is not suppressed again.
    """
    if report.action != "failed" or not report.status.startswith("5."):
        return False
    rows = MailLog.objects.select_for_update().filter(
        message_id=report.message_id, outcome=Outcome.SENT
    )
    user = User.objects.filter(pk__in=rows.values("user_id")).first()
    if user is None or user.email.lower() != report.address:
        return False
    if not rows.update(outcome=Outcome.BOUNCED, code=report.status):
        return False
    if mail_refusals.is_of_address(report.status):
        source = MailSuppression.Source.BOUNCE
        suppressions.add(user, code=report.status, source=source)
    return True
