"""Numbers of requests: unique and without gaps within a fiscal year."""

from datetime import datetime

from assistance.calendar import fiscal_year
from assistance.models import NumberCounter


def take(at: datetime) -> str:
    """Take the next number, for example `TA-27-0042`.

    Call it in the transaction that submits: the counter's row stays locked until the commit, and
    a rollback gives the number back.
    """
    year = fiscal_year(at)
    NumberCounter.objects.bulk_create([NumberCounter(fiscal_year=year)], ignore_conflicts=True)
    counter = NumberCounter.objects.select_for_update().get(fiscal_year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"TA-{year % 100:02}-{counter.last:04}"
