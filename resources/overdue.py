"""What should be checked again: entries of the directory, help lines, facts. One mail a week."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from portal.core import events, mail, mail_registry, nightly
from portal.core.models import Event
from portal.people import scope
from portal.people.models import HelpLine
from resources.directory import DUE_PATH
from resources.models import Fact, Service, ServiceNote

WEEK = timedelta(days=7)
mail_registry.put("queue", "directory_due")


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many of each wait to be checked, and how many notes of readers are open."""

    services: int
    lines: int
    facts: int
    notes: int

    @property
    def total(self) -> int:
        return self.services + self.lines + self.facts


def counts() -> Overdue:
    return Overdue(
        Service.objects.to_verify().count(),
        HelpLine.objects.stale().count(),
        Fact.objects.to_check().count(),
        ServiceNote.objects.open().count(),
    )


def today() -> date:
    """Return the day in America/New_York."""
    return timezone.localdate()


@nightly.job
def tell_the_manager() -> None:
    """Queue one mail a week to the managers while anything is overdue; it says no more."""
    overdue = counts()
    told = Event.objects.filter(kind="resources.overdue_told").order_by("-pk").first()
    if not overdue.total or (told and today() - date.fromisoformat(told.data["day"]) < WEEK):
        return
    events.record(
        "resources.overdue_told", actor=None, entries=overdue.total, day=today().isoformat()
    )
    for user in scope.managers():
        key = f"directory-due:{today()}"
        mail.queue(user.pk, "directory_due", subject_key=key, context={"path": DUE_PATH})
