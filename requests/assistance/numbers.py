"""Numbers of requests: unique and without gaps within a fiscal year."""

from datetime import datetime

from django.db.models import F

from assistance.calendar import fiscal_year
from assistance.models import NumberCounter


def take(at: datetime) -> str:
    """Take the next number, for example `TA-27-0042`.

    Call it in the transaction that submits: the counter's row stays locked until the commit, and
    a rollback gives the number back.
    """
    year = fiscal_year(at)
    counter = NumberCounter.objects.filter(fiscal_year=year)
    if not counter.update(last=F("last") + 1):  # the first of its year
        NumberCounter.objects.bulk_create([NumberCounter(fiscal_year=year)], ignore_conflicts=True)
        counter.update(last=F("last") + 1)
    return f"TA-{year % 100:02}-{counter.get().last:04}"
