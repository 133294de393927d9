"""Reminders of guidance that must be read: after seven days, then weekly, three at the most."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from portal.core import mail, mail_registry, nightly
from portal.people.models import User
from portal.people.models.person import UserQuerySet
from resources import reading, reading_state
from resources.models import GuidanceVersion, ReadingReminder

REST = timedelta(days=7)
MOST = 3
PATH = "/resources/to-read/"
mail_registry.put("reading", "to_read")


@dataclass(frozen=True, slots=True)
class Due:
    """A person is reminded of a version, for the first, second or third time."""

    person: int
    version: int
    number: int


@nightly.job
def remind() -> int:
    """Ask for one mail to each person who is to be reminded tonight; return how many."""
    by_person: dict[int, list[Due]] = defaultdict(list)
    for due in find(timezone.now()):
        by_person[due.person].append(due)
    for person, dues in by_person.items():
        _remind(person, dues)
    return len(by_person)


@transaction.atomic
def _remind(person: int, dues: list[Due]) -> None:
    """However many pages are open, it is one mail."""
    rows = [
        ReadingReminder(person_id=person, version_id=due.version, number=due.number) for due in dues
    ]
    for row in rows:
        row.save(force_insert=True)
    key = f"to-read:{timezone.localdate()}"
    mail.queue(person, "to_read", subject_key=key, context={"path": PATH}, about=rows[0])


def find(now: datetime) -> Iterator[Due]:
    """Yield what is due: seven days since it was asked, or since the reminder before."""
    pages = list(reading_state.pages())
    versions = {row.page_id: row for row in GuidanceVersion.objects.current()}
    read, named = reading_state.read_of(pages), reading_state.disciplines_of(pages)
    everybody, sent = reading_state.people(), _sent()
    joined = dict(UserQuerySet(User).joined().values_list("pk", "joined_at"))
    for page in pages:
        if (version := versions.get(page.pk)) is None:
            continue
        people = {one.person for one in everybody.of(page, named[page.pk])}
        for person in sorted(people - read[page.pk]):
            since = max(version.published_at, joined[person] or version.published_at)
            count, last = sent.get((person, version.pk), (0, since))
            if count < MOST and now >= last + REST:
                yield Due(person, version.pk, count + 1)


def _sent() -> dict[tuple[int, int], tuple[int, datetime]]:
    """Return how often, and when last, each person was reminded of each version."""
    current = GuidanceVersion.objects.current()
    rows = ReadingReminder.objects.filter(version__in=current.values("pk")).order_by()
    counted = rows.values_list("person", "version").annotate(n=Count("pk"), last=Max("sent_at"))
    return {(person, version): (n, last) for person, version, n, last in counted}


@mail_registry.thing("resources.readingreminder")
def is_still_open(user: User, pk: int) -> bool:
    """Something is left to read for the person when the mail goes."""
    return bool(reading.open_for(user).exists())
