"""Business time of the program: Monday to Friday, 9 to 17, America/New_York, without holidays.

Pure functions. Every instant that comes in or goes out is aware; holidays are those of the
Commonwealth (Patriots' Day too), observed days included.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("America/New_York")
OPENS, SHUTS = time(9), time(17)
DAY_MINUTES = 8 * 60


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("US", subdiv="MA", years=year))


def is_business_day(day: date, closed: Collection[date] = ()) -> bool:
    """Say whether the office is open; `closed` names days beyond the holidays."""
    return day.weekday() < 5 and day not in _holidays(day.year) and day not in closed


def opening(day: date) -> datetime:
    return datetime.combine(day, OPENS, ZONE)


def closing(day: date) -> datetime:
    return datetime.combine(day, SHUTS, ZONE)


def add_minutes(start: datetime, minutes: int, closed: Collection[date] = ()) -> datetime:
    """Return the instant that lies `minutes` of business time after `start`."""
    local = start.astimezone(ZONE)
    left = timedelta(minutes=minutes)
    day = local.date()
    while True:
        if is_business_day(day, closed):
            begin = max(local, opening(day))
            if begin < closing(day):
                if begin + left <= closing(day):
                    return begin + left
                left -= closing(day) - begin
        day += timedelta(days=1)


def minutes_between(start: datetime, end: datetime, closed: Collection[date] = ()) -> int:
    """Return the whole minutes of business time from one instant to another; never negative."""
    start, end = start.astimezone(ZONE), end.astimezone(ZONE)
    total = timedelta()
    day = start.date()
    while day <= end.date():
        if is_business_day(day, closed):
            spent = min(end, closing(day)) - max(start, opening(day))
            total += max(spent, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def add_days(start: datetime, days: int, closed: Collection[date] = ()) -> datetime:
    """Return the instant `days` business days later, at the same time of day."""
    local = start.astimezone(ZONE)
    day = local.date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_business_day(day, closed)
    return datetime.combine(day, local.time(), ZONE)


def fiscal_year(at: datetime) -> int:
    """Return the year in which the Commonwealth's fiscal year (July to June) of `at` ends."""
    local = at.astimezone(ZONE)
    return local.year + (local.month >= 7)
