"""The daily mail: on business mornings from eight, America/New_York, to who has something."""

from datetime import datetime, time

from django.utils import timezone

from portal.core import nightly, ports
from portal.core.models import MailLog
from portal.people.mailing import carrying

FROM, UNTIL = time(8), time(12)  # a worker that stood still catches up before noon


@nightly.frequent
def start(at: datetime | None = None) -> int:
    """Ask for one mail per person and morning; a second run adds nothing. Return how many."""
    local = timezone.localtime(at)
    if not is_morning(local):
        return 0
    waiting = MailLog.objects.filter(outcome=MailLog.Outcome.WAITING, goes=MailLog.Goes.DAY)
    people = list(waiting.order_by().values_list("user_id", flat=True).distinct())
    for user_id in people:
        carrying.plan_daily(user_id or 0, local.date().isoformat())
    return len(people)


def is_morning(local: datetime) -> bool:
    """Say whether it is time, by the clock on the wall of Massachusetts."""
    in_time = FROM <= local.time() < UNTIL
    return in_time and bool(ports.call("is_business_day", day=local.date()))
