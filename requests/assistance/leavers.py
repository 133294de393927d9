"""What happens to a leaver's requests: those assigned to them are given to somebody else."""

from contextlib import suppress

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assistance import policies, tickets
from assistance.lifecycle import NotAllowed
from assistance.models import Ticket
from portal.people import leaving
from portal.people.models import User


def _assigned(user: User) -> QuerySet[Ticket]:
    return Ticket.objects.open().assigned_to(user)


def _may_take(taker: User, leaver: User) -> bool:
    return bool(policies.assignable().filter(pk=taker.pk).exists())


def _hand_over(leaver: User, taker: User, by: User) -> None:
    for ticket in _assigned(leaver):
        # A coordinator gives nobody work: then it stays in the queue, where the manager sees it.
        with suppress(NotAllowed):
            tickets.assign(ticket, by=by, to=taker)


leaving.register(
    leaving.Work(
        _("Open requests assigned"), lambda user: _assigned(user).count(), _may_take, _hand_over
    )
)
